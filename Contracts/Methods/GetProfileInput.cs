namespace ChatHub.Contracts;

/// <summary>Either of the two.</summary>
public sealed record GetProfileInput
{
    /// <summary>The user by id.</summary>
    public string? UserId { get; init; }

    /// <summary>The user by username.</summary>
    public string? Username { get; init; }
}
