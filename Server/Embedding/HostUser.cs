namespace ChatHub.Server.Embedding;

/// <summary>A user as the host has them; the limits are those of <c>PUT /api/directory/users/{userId}</c>.</summary>
/// <param name="UserId">The host's id: the one in its tokens or principals.</param>
/// <param name="Username">1 to 64 characters; no other user has it.</param>
/// <param name="DisplayName">1 to 50 characters.</param>
public sealed record HostUser(string UserId, string Username, string DisplayName)
{
    /// <summary><c>YYYY-MM-DD</c>; null where the host does not know it: the user then counts as old enough.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists, an instant to come counting as now; null: the account is not new.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the host has verified the user. A verified user gets messages only from people whom they follow.</summary>
    public bool IsVerified { get; init; }

    /// <summary>An absolute http or https address of the host's own.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>At most 160 characters.</summary>
    public string? Bio { get; init; }
}
