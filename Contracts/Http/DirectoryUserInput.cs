namespace ChatHub.Contracts;

/// <summary>PUT /api/directory/users/{userId}: how a host application brings its own users. What is absent is removed.</summary>
public sealed record DirectoryUserInput
{
    /// <summary>1 to 64 characters. Required.</summary>
    public string? Username { get; init; }

    /// <summary>1 to 50 characters. Required.</summary>
    public string? DisplayName { get; init; }

    /// <summary>YYYY-MM-DD; absent where the host does not know it: the user then counts as old enough.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists with the host, in the past; absent: what was set before stands, and without it the account is not new.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the host has verified the user; false by default.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>An absolute http or https address of the host's own.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Up to 160 characters.</summary>
    public string? Bio { get; init; }
}
