namespace ChatHub.Terminal.Rendering;

/// <summary>A piece of a line. Its text may come from strangers: it is made safe when it is written.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Whole">Whether it must not be broken over two rows.</param>
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain, bool Whole = false);
