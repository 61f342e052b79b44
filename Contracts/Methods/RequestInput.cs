namespace ChatHub.Contracts;

/// <summary>The input of methods about one request.</summary>
public sealed record RequestInput
{
    /// <summary>The request's id.</summary>
    public string? RequestId { get; init; }
}
