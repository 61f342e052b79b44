namespace ChatHub.Contracts;

/// <summary>PUT /api/directory/users/{userId}: how a host application brings its own users. What is absent is removed.</summary>
public sealed record DirectoryUserInput
{
    public string? Username { get; init; }
    public string? DisplayName { get; init; }

    /// <summary>YYYY-MM-DD; absent where the host does not know it, and then nobody counts as too young.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists with the host, in the past; absent: what was said before stands, and without it the account is not new.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
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
