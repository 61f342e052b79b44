namespace ChatHub.Contracts;

/// <summary>The input of DeleteRequests: either ids, or a folder with the newest request to delete: that one and all older.</summary>
public sealed record DeleteRequestsInput
{
    /// <summary>1 to 100; those that are not the caller's or not pending are passed over.</summary>
    public IReadOnlyList<string>? RequestIds { get; init; }

    /// <summary>Main or filtered.</summary>
    public RequestFolder? Folder { get; init; }

    /// <summary>The newest request to delete of the folder.</summary>
    public string? UpToRequestId { get; init; }
}
