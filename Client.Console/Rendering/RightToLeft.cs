using System.Text;

namespace ChatHub.Terminal.Rendering;

/// <summary>
/// Isolates right-to-left text: otherwise a terminal that orders text by its direction would move the numbers and signs
/// beside it to the other side. Texts without it stay as they are: not every terminal supports isolates.
/// </summary>
internal static class RightToLeft
{
    private const char First = '\u2068';
    private const char End = '\u2069';

    /// <param name="text">Safe already: it contains no isolates.</param>
    public static string Isolate(string text)
    {
        var isolated = new StringBuilder(text.Length);
        var (start, end, at) = (-1, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsRightToLeft(rune))
            {
                if (start < 0)
                    start = at;
                end = at + rune.Utf16SequenceLength;
            }
            else if (start >= 0 && Rune.IsLetter(rune))
            {
                Close(at);
            }

            if (start < 0)
                isolated.Append(rune);
            at += rune.Utf16SequenceLength;
        }

        if (start >= 0)
            Close(at);
        return isolated.ToString();

        // The run ends with its last letter: what follows, up to here, is outside.
        void Close(int upTo)
        {
            isolated.Append(First).Append(text, start, end - start).Append(End).Append(text, end, upTo - end);
            start = -1;
        }
    }

    /// <summary>The blocks of Hebrew, Arabic and the scripts that are written as they are.</summary>
    private static bool IsRightToLeft(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
