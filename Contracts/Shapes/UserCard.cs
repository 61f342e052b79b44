namespace ChatHub.Contracts;

/// <summary>A user's identity, as of reading. A removed account reads "Removed user".</summary>
public sealed record UserCard
{
    /// <summary>The opaque id.</summary>
    public required string UserId { get; init; }

    /// <summary>The unique username, lower-case where the account was made here.</summary>
    public required string Username { get; init; }

    /// <summary>The display name, 1 to 50 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The picture's address: a path on the server's origin, or the host application's own URL. Null without a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Whether the host application has verified the user.</summary>
    public bool IsVerified { get; init; }
}
