namespace ChatHub.Contracts;

/// <summary>PUT /api/directory/users/{userId}: how a host application brings its own users. What is absent is removed.</summary>
public sealed record DirectoryUserInput
{
    public string? Username { get; init; }
    public string? DisplayName { get; init; }

    /// <summary>YYYY-MM-DD; absent where the host does not know it, and then nobody counts as too young.</summary>
    public string? BirthDate { get; init; }
    public bool? IsVerified { get; init; }

    /// <summary>An absolute http or https address of the host's own.</summary>
    public string? AvatarUrl { get; init; }
    public string? Bio { get; init; }
}

/// <summary>The answer of PUT /api/me/avatar: a path on this server's origin.</summary>
public sealed record AvatarReceipt
{
    public required string AvatarUrl { get; init; }
}

/// <summary>GET /api/directory/users/{userId}: a user as brought or signed up. A removed one is not found.</summary>
public sealed record DirectoryUser
{
    public required string UserId { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>YYYY-MM-DD.</summary>
    public string? BirthDate { get; init; }
    public bool IsVerified { get; init; }
    public string? AvatarUrl { get; init; }
    public string? Bio { get; init; }

    /// <summary>Kept with the account: <c>moderator</c> or none.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The ban from messaging that holds, if any.</summary>
    public Ban? Ban { get; init; }
    public long FollowerCount { get; init; }
    public long FollowingCount { get; init; }
}
