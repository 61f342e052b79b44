using System.Globalization;
using System.Text;

namespace ChatHub.Terminal.Rendering;

/// <summary>
/// Makes a stranger's text safe for a terminal: one line, no escape sequences, no characters that reorder the text around
/// them. A replacement sign shows what was removed.
/// </summary>
internal static class SafeText
{
    public const char LineBreak = '⏎';
    private static readonly Rune Sign = Rune.ReplacementChar;

    public static string OneLine(string text)
    {
        var safe = new StringBuilder(text.Length);
        // A lone surrogate is enumerated as the replacement sign already.
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            safe.Append(rune switch
            {
                { Value: '\t' } => new Rune(' '),
                { Value: '\n' or 0x2028 or 0x2029 } => new Rune(LineBreak),
                _ when Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control || Reorders(rune) => Sign,
                _ => rune,
            });
        }

        return safe.ToString();
    }

    /// <summary>Unicode's bidirectional controls: marks, embeddings, overrides and isolates.</summary>
    private static bool Reorders(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
