namespace ChatHub.Contracts;

/// <summary>GET /api/directory/users/{userId}: a user as brought or signed up. A removed one is not found.</summary>
public sealed record DirectoryUser
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>As brought or chosen.</summary>
    public required string Username { get; init; }

    /// <summary>As brought or chosen.</summary>
    public required string DisplayName { get; init; }

    /// <summary>YYYY-MM-DD.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists; null where the host does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the account is verified.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The picture's address.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>As brought or chosen.</summary>
    public string? Bio { get; init; }

    /// <summary>Kept with the account: <c>moderator</c> or none.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The ban from messaging that holds, if any.</summary>
    public Ban? Ban { get; init; }

    /// <summary>How many follow the user.</summary>
    public long FollowerCount { get; init; }

    /// <summary>How many the user follows.</summary>
    public long FollowingCount { get; init; }
}
