namespace ChatHub.Contracts;

/// <summary>Which code points a text may hold. One pass, for every text field of every method, endpoint and import line.</summary>
internal static class TextRules
{
    /// <summary>The text with CR LF and CR read as newline.</summary>
    /// <exception cref="ChatHubException"><c>invalid_argument</c>: a control character other than tab and newline, a lone
    /// surrogate, or a noncharacter.</exception>
    public static string Normalize(string text, string field)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
                throw Arguments.Invalid($"{field} contains a control character; only tab and newline may be in it.");
            if (char.IsSurrogate(c) && (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1])))
                throw Arguments.Invalid($"{field} contains half of a surrogate pair.");
            if (IsNoncharacter(char.IsSurrogate(c) ? char.ConvertToUtf32(c, text[++i]) : c))
                throw Arguments.Invalid($"{field} contains a noncharacter, which stands for no text.");
        }

        return text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
    }

    /// <summary>U+FDD0..FDEF and the last two of each plane.</summary>
    private static bool IsNoncharacter(int codePoint) => codePoint is >= 0xFDD0 and <= 0xFDEF || (codePoint & 0xFFFE) == 0xFFFE;
}
