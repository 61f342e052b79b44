namespace ChatHub.Contracts;

/// <summary>The input of methods about one user.</summary>
public sealed record UserInput
{
    /// <summary>The user's id.</summary>
    public string? UserId { get; init; }
}
