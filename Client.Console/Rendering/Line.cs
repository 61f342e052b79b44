namespace ChatHub.Terminal.Rendering;

/// <summary>A colour by its meaning. Words always say the same: colour never carries a meaning alone.</summary>
internal enum Tone
{
    Plain,

    /// <summary>Times and hints.</summary>
    Muted,

    /// <summary>One's own message, sent.</summary>
    Blue,

    /// <summary>One's own message, seen.</summary>
    Green,

    /// <summary>The red dot, and failures.</summary>
    Red,
}

/// <summary>A piece of a line. Its text may come from strangers: it is made harmless when it is written out.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Whole">Whether it is not to be broken over two rows.</param>
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain, bool Whole = false);

/// <summary>One line of output.</summary>
internal sealed class Line(params Span[] spans)
{
    public IReadOnlyList<Span> Spans => spans;

    /// <summary>How far the second row and later ones are set in, where the line takes several.</summary>
    public int Indent { get; init; }

    public static implicit operator Line(string text) => new(new Span(text));
}
