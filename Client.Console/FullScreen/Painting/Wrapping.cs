using System.Globalization;
using System.Text;
using ChatHub.Terminal.Rendering;
using Spectre.Console.Rendering;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>Lays lines out in rows of terminal cells: wide characters take two of them, and are never cut in half.</summary>
internal static class Wrapping
{
    private const int MaxCharacterWidth = 2;

    // An indent takes at most a quarter of a row.
    private const int MaxIndentPart = 4;

    /// <summary>The rows of a line, broken at its line breaks, and between words where possible.</summary>
    public static IReadOnlyList<Line> Rows(Line line, int width)
    {
        var indent = Math.Min(line.Indent, width / MaxIndentPart);
        var rows = new RowBuilder(width, indent);
        foreach (var span in line.Spans)
        {
            var broken = false;
            foreach (var part in span.Text.ReplaceLineEndings("\n").Split('\n'))
            {
                if (broken)
                    rows.Break();
                broken = true;
                foreach (var word in span.Whole ? [SafeText.OneLine(part)] : Words(SafeText.OneLine(part), width - indent))
                    rows.Add(span, word);
            }
        }

        return rows.End();
    }

    /// <summary>The beginning of a line that fits into one row.</summary>
    public static Line Cut(Line line, int width)
    {
        var spans = new List<Span>();
        foreach (var span in line.Spans)
        {
            var text = Fitting(SafeText.OneLine(span.Text), width);
            spans.Add(span with { Text = text });
            width -= Width(text);
        }

        return new([.. spans]);
    }

    /// <summary>How many cells a text takes.</summary>
    public static int Width(string text) => Elements(text).Sum(CellsOf);

    /// <summary>The longest beginning that fits.</summary>
    public static string Fitting(string text, int width)
    {
        var fitting = new StringBuilder();
        foreach (var element in Elements(text))
        {
            width -= CellsOf(element);
            if (width < 0)
                break;
            fitting.Append(element);
        }

        return fitting.ToString();
    }

    /// <summary>Words with the space before them; a word longer than a row is split.</summary>
    private static IEnumerable<string> Words(string text, int width)
    {
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && (text[i] != ' ' || text[i - 1] == ' '))
                continue;
            var word = text[start..i];

            // Padding that exceeds a narrow row shrinks to one space.
            if (Width(word) > width && word[0] == ' ')
                word = $" {word.TrimStart(' ')}";
            for (var rest = word; rest.Length > 0;)
            {
                var piece = Fitting(rest, Math.Max(width, MaxCharacterWidth));
                yield return piece;
                rest = rest[piece.Length..];
            }

            start = i;
        }
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }

    // A joined emoji sequence is drawn as one.
    private static int CellsOf(string element) => Math.Min(MaxCharacterWidth, new Segment(element).CellCount());
}
