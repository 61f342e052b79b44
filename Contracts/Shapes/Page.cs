namespace ChatHub.Contracts;

/// <summary>A page of a list. Without <see cref="NextCursor"/> it is the last.</summary>
public sealed record Page<T>
{
    /// <summary>The items of the page.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last page.</summary>
    public string? NextCursor { get; init; }
}
