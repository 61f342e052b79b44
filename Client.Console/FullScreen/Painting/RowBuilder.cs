using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>Fills rows of a width with words; rows after the first are indented.</summary>
internal sealed class RowBuilder(int width, int indent)
{
    private readonly List<Line> _rows = [];
    private readonly List<Span> _row = [];
    private int _used;
    private bool _isEmpty = true;

    /// <summary>A row does not begin with the space between two words.</summary>
    public void Add(Span span, string word)
    {
        if (_used + Wrapping.Width(word) > width && !_isEmpty)
            Break();

        var text = _isEmpty && _rows.Count > 0 ? word.TrimStart(' ') : word;
        _row.Add(span with { Text = text });
        _used += Wrapping.Width(text);
        _isEmpty = false;
    }

    public void Break()
    {
        _rows.Add(new([.. _row]));
        _row.Clear();
        _used = indent;
        _isEmpty = true;
        if (indent > 0)
            _row.Add(new(new string(' ', indent)));
    }

    public IReadOnlyList<Line> End()
    {
        _rows.Add(new([.. _row]));
        return _rows;
    }
}
