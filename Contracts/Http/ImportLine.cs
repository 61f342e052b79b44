namespace ChatHub.Contracts;

/// <summary>
/// A line of POST /api/directory/import: a user as in <see cref="DirectoryUserInput"/> with their id, or that
/// <see cref="UserId"/> follows <see cref="OtherId"/>.
/// </summary>
public sealed record ImportLine
{
    /// <summary>The kind of the line. Required.</summary>
    public ImportType? Type { get; init; }

    /// <summary>The host application's id of the user. Required.</summary>
    public string? UserId { get; init; }

    /// <summary>Whom the user follows; for follow lines.</summary>
    public string? OtherId { get; init; }

    /// <summary>The unique username, lower-case where the account was made here.</summary>
    public string? Username { get; init; }

    /// <summary>The display name, 1 to 50 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The birth date as YYYY-MM-DD.</summary>
    public string? BirthDate { get; init; }

    /// <summary>Since when the account exists with the host, in the past.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the host application has verified the user.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>The picture's address: a path on the server's origin, or the host application's own URL. Null without a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The profile text, up to 160 characters; null when empty.</summary>
    public string? Bio { get; init; }
}
