namespace ChatHub.Contracts;

/// <summary>A <see cref="UserCard"/> with all that a profile page shows, the message button included.</summary>
public sealed record Profile
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The unique username, lower-case where the account was made here.</summary>
    public required string Username { get; init; }

    /// <summary>The display name, 1 to 50 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The picture's address: a path on the server's origin, or the host application's own URL. Null without a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Whether the host application has verified the user.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The profile text, up to 160 characters; null when empty.</summary>
    public string? Bio { get; init; }

    /// <summary>How many users follow this one.</summary>
    public long FollowerCount { get; init; }

    /// <summary>How many users this one follows.</summary>
    public long FollowingCount { get; init; }

    /// <summary>Whether the caller follows the user.</summary>
    public bool YouFollow { get; init; }

    /// <summary>Whether the user follows the caller.</summary>
    public bool FollowsYou { get; init; }

    /// <summary>Whether the caller blocks the user.</summary>
    public bool YouBlocked { get; init; }

    /// <summary>Only between people with an open chat who both show their presence.</summary>
    public bool? IsOnline { get; init; }

    /// <summary>When the user was last online, under the same conditions as <see cref="IsOnline"/>.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What the caller can do to message the user.</summary>
    public required MessageButton MessageButton { get; init; }
}
