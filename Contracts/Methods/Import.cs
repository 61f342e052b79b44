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

    /// <summary>Whether the host application has verified the user.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>The picture's address: a path on the server's origin, or the host application's own URL. Null without a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The profile text, up to 160 characters; null when empty.</summary>
    public string? Bio { get; init; }
}

/// <summary>The kinds of import lines.</summary>
public enum ImportType
{
    /// <summary>A user.</summary>
    User,

    /// <summary>A follow.</summary>
    Follow,
}

/// <summary>The response of POST /api/directory/import. Every line without an error is carried out.</summary>
public sealed record ImportReport
{
    /// <summary>Lines that were read, empty ones left out.</summary>
    public required long Lines { get; init; }

    /// <summary>User lines that hold now, whether anything had to be changed or not.</summary>
    public required long Users { get; init; }

    /// <summary>Follow lines that hold now.</summary>
    public required long Follows { get; init; }

    /// <summary>Lines that were refused; all of them count.</summary>
    public required long Failed { get; init; }

    /// <summary>The first 1,000 of them.</summary>
    public required IReadOnlyList<ImportError> Errors { get; init; }
}

/// <summary>Why a line was refused.</summary>
public sealed record ImportError
{
    /// <summary>1 for the first.</summary>
    public required long Line { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The sentence for people.</summary>
    public required string Message { get; init; }
}
