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
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain);

/// <summary>One line of output.</summary>
internal sealed class Line(params Span[] spans)
{
    public IReadOnlyList<Span> Spans => spans;

    public static implicit operator Line(string text) => new(new Span(text));
}
