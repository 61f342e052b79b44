namespace ChatHub.Contracts;

/// <summary>The input of a paged list.</summary>
public record PageInput
{
    /// <summary>The <c>nextCursor</c> of the page before; none for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>1..100, 30 when absent.</summary>
    public int? Limit { get; init; }
}
