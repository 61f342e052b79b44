namespace ChatHub.Terminal.Rendering;

/// <summary>One line of output.</summary>
internal sealed class Line(params Span[] spans)
{
    public IReadOnlyList<Span> Spans => spans;

    /// <summary>The indent of the second and later rows, where the line takes several.</summary>
    public int Indent { get; init; }

    public static implicit operator Line(string text) => new(new Span(text));
}
