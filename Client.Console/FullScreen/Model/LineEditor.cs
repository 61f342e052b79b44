using System.Globalization;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>The line that is being typed. The cursor is between characters as people see them, never inside one.</summary>
internal sealed class LineEditor
{
    private const int MaxHistory = 100;

    private readonly List<string> _history = [];
    private int _recalled;

    public string Text { get; private set; } = "";

    /// <summary>The cursor: 0 is before the first char of <see cref="Text"/>.</summary>
    public int Cursor { get; private set; }

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    /// <summary>Returns the line and clears it; a remembered line can be recalled.</summary>
    public string Take(bool remember)
    {
        var text = Text;
        if (remember && text.Length > 0)
        {
            if (_history.Count == MaxHistory)
                _history.RemoveAt(0);
            _history.Add(text);
        }

        _recalled = _history.Count;
        Set("");
        return text;
    }

    /// <returns>False for a key without a meaning in a line.</returns>
    public bool Press(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Backspace }:
                Delete(Previous(), Cursor);
                return true;
            case { Key: ConsoleKey.Delete }:
                Delete(Cursor, Next());
                return true;
            case { Key: ConsoleKey.LeftArrow }:
                Cursor = Previous();
                return true;
            case { Key: ConsoleKey.RightArrow }:
                Cursor = Next();
                return true;
            case { Key: ConsoleKey.Home } or { Key: ConsoleKey.A, Modifiers: ConsoleModifiers.Control }:
                Cursor = 0;
                return true;
            case { Key: ConsoleKey.End } or { Key: ConsoleKey.E, Modifiers: ConsoleModifiers.Control }:
                Cursor = Text.Length;
                return true;
            case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                Delete(0, Cursor);
                return true;
            case { Key: ConsoleKey.K, Modifiers: ConsoleModifiers.Control }:
                Delete(Cursor, Text.Length);
                return true;
            case { Key: ConsoleKey.W, Modifiers: ConsoleModifiers.Control }:
                Delete(Text.AsSpan(0, Cursor).TrimEnd().LastIndexOf(' ') + 1, Cursor);
                return true;
            case { Key: ConsoleKey.UpArrow }:
                Recall(_recalled - 1);
                return true;
            case { Key: ConsoleKey.DownArrow }:
                Recall(_recalled + 1);
                return true;
            case { KeyChar: var c } when !char.IsControl(c):
                Insert(c.ToString());
                return true;
            default:
                return false;
        }
    }

    private void Recall(int which)
    {
        if (which < 0 || which > _history.Count)
            return;
        _recalled = which;
        Set(which == _history.Count ? "" : _history[which]);
    }

    private void Delete(int from, int to)
    {
        Text = Text.Remove(from, to - from);
        Cursor = from;
    }

    private int Next() => Cursor + StringInfo.GetNextTextElementLength(Text.AsSpan(Cursor));

    private int Previous()
    {
        var before = 0;
        for (var at = 0; at < Cursor; at += StringInfo.GetNextTextElementLength(Text.AsSpan(at)))
            before = at;
        return before;
    }
}
