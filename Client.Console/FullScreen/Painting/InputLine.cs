using System.Globalization;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>The line that is typed, as its last row shows it: the part around the cursor, and no password.</summary>
internal sealed class InputLine(LineEditor editor, string prompt)
{
    private const int PasswordWord = 2;

    public (Line Row, int CursorColumn) Row(int width)
    {
        var shown = Masked(editor.Text).Replace('\n', SafeText.LineBreak);
        var before = shown[..editor.Cursor];
        var room = Math.Max(1, width - Wrapping.Width(prompt) - 1);

        // Too long: what is left of the cursor goes first.
        var start = 0;
        while (Wrapping.Width(before[start..]) > room)
            start += StringInfo.GetNextTextElementLength(before.AsSpan(start));
        var row = new Line(new Span(prompt, Tone.Muted), new Span(Wrapping.Fitting(shown[start..], room)));
        return (row, Wrapping.Width(prompt) + Wrapping.Width(before[start..]));
    }

    private static string Masked(string text)
    {
        var words = text.TrimStart('/').Split(' ');
        if (words[0] is not ("signin" or "signup") || words.Length <= PasswordWord)
            return text;
        var from = text.IndexOf(' ', text.IndexOf(' ', StringComparison.Ordinal) + 1) + 1;
        var to = text.IndexOf(' ', from);
        to = to < 0 ? text.Length : to;
        return string.Concat(text.AsSpan(0, from), new string('•', to - from), text.AsSpan(to));
    }
}
