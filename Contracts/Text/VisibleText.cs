using System.Globalization;
using System.Text;

namespace ChatHub.Contracts;

/// <summary>Whether a text shows anything: one that does not is empty, whatever its length.</summary>
internal static class VisibleText
{
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune))
                return false;
        }

        return true;
    }

    /// <summary>White space, format characters, and what Unicode ignores by default or draws as nothing.</summary>
    public static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || IsBlankLetter(rune.Value);

    private static bool IsBlankLetter(int codePoint) => codePoint is
        0x034F // combining grapheme joiner
        or 0x115F or 0x1160 or 0x3164 or 0xFFA0 // Hangul fillers
        or 0x17B4 or 0x17B5 // Khmer inherent vowels
        or (>= 0x180B and <= 0x180F) // Mongolian variation selectors
        or 0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) // ignored by default: tags, selectors, reserved
        or 0x2800 // Braille blank
        or (>= 0xFE00 and <= 0xFE0F) // variation selectors
        or 0x16FE4 // Khitan filler
        or 0x1D159; // musical null notehead
}
