using System.Globalization;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>The line that is typed as the last row shows it: the part around the cursor, without the password.</summary>
internal sealed class InputLine(LineEditor editor, string prompt)
{
    public (Line Row, int CursorColumn) Row(int width)
    {
        var shown = Masked(editor.Text).Replace('\n', SafeText.LineBreak);
        var before = shown[..editor.Cursor];
        var available = Math.Max(1, width - Wrapping.Width(prompt) - 1);

        // Too long: the part before the cursor is cut first.
        var start = 0;
        while (Wrapping.Width(before[start..]) > available)
            start += StringInfo.GetNextTextElementLength(before.AsSpan(start));
        var row = new Line(new Span(prompt, Tone.Muted), new Span(Wrapping.Fitting(shown[start..], available)));
        return (row, Wrapping.Width(prompt) + Wrapping.Width(before[start..]));
    }

    /// <summary>The third word of signin and signup, in quotes or not, as dots.</summary>
    private static string Masked(string text)
    {
        var start = text.Length - text.TrimStart('/', ' ').Length;
        var end = EndOfWord(text, start);
        if (!text.AsSpan(start, end - start).StartsWith("sign", StringComparison.OrdinalIgnoreCase))
            return text;
        var from = NextWord(text, EndOfWord(text, NextWord(text, end)));
        var to = EndOfWord(text, from);
        return string.Concat(text.AsSpan(0, from), new string('•', to - from), text.AsSpan(to));
    }

    private static int NextWord(string text, int from)
    {
        while (from < text.Length && text[from] == ' ')
            from++;
        return from;
    }

    private static int EndOfWord(string text, int from)
    {
        var isQuoted = from < text.Length && text[from] == '"';
        for (var i = isQuoted ? from + 1 : from; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\\')
                i++;
            else if (isQuoted ? text[i] == '"' : text[i] == ' ')
                return isQuoted ? i + 1 : i;
        }

        return text.Length;
    }
}
