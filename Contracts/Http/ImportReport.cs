namespace ChatHub.Contracts;

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
