namespace ChatHub.Contracts;

/// <summary>
/// A line of POST /api/directory/import: a user as in <see cref="DirectoryUserInput"/> with their id, or that
/// <see cref="UserId"/> follows <see cref="OtherId"/>.
/// </summary>
public sealed record ImportLine
{
    public ImportType? Type { get; init; }
    public string? UserId { get; init; }
    public string? OtherId { get; init; }
    public string? Username { get; init; }
    public string? DisplayName { get; init; }
    public string? BirthDate { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public bool? IsVerified { get; init; }
    public string? AvatarUrl { get; init; }
    public string? Bio { get; init; }
}

public enum ImportType
{
    User,
    Follow,
}

/// <summary>The answer of POST /api/directory/import. Lines without an error are carried out, whatever the others are like.</summary>
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
