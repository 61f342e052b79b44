using System.Globalization;
using System.Text;

namespace ChatHub.Server.Requests;

/// <summary>
/// The words of a text by the default rules of UAX #29 (WB5 to WB13b), of which the properties follow from general
/// categories but for the few characters listed here. The text comes without marks and format characters (WB4) and in
/// compatibility decomposition, and in
/// scripts without spaces there are no words. Pure.
/// </summary>
public static class WordBreaks
{
    private enum Kind
    {
        Other,
        Letter,
        Hebrew,
        Number,
        /// <summary>ExtendNumLet: joins what is on both its sides, and belongs to it.</summary>
        Connector,
        MidLetter,
        MidNumber,
        /// <summary>MidNumLet and Single_Quote: between letters or between numbers.</summary>
        MidBoth,
        DoubleQuote,
    }

    private const string MidLetters = ":\u00B7\u0387\u055F\u05F4\u2027\uFE13\uFE55\uFF1A";
    private const string MidNumbers = ",;\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14\uFE50\uFE54\uFF0C\uFF1B";
    private const string MidBoths = ".'\u2018\u2019\u2024\uFE52\uFF07\uFF0E";

    public static IEnumerable<List<Rune>> Words(List<Rune> text)
    {
        var kinds = text.ConvertAll(KindOf);
        var word = new List<Rune>();
        for (var i = 0; i < text.Count; i++)
        {
            var joins = IsWord(kinds[i]) || (word.Count > 0 && i + 1 < text.Count && IsBetween(kinds[i - 1], kinds[i], kinds[i + 1]));
            if (joins)
            {
                word.Add(text[i]);
                continue;
            }

            if (word.Count > 0)
                yield return word;
            word = [];
        }

        if (word.Count > 0)
            yield return word;
    }

    private static bool IsWord(Kind kind) => kind is Kind.Letter or Kind.Hebrew or Kind.Number or Kind.Connector;

    private static bool IsLetter(Kind kind) => kind is Kind.Letter or Kind.Hebrew;

    /// <summary>WB6 and WB7, WB7b and WB7c, WB11 and WB12.</summary>
    private static bool IsBetween(Kind before, Kind kind, Kind after) => kind switch
    {
        Kind.MidLetter => IsLetter(before) && IsLetter(after),
        Kind.MidNumber => (before, after) == (Kind.Number, Kind.Number),
        Kind.MidBoth => (IsLetter(before) && IsLetter(after)) || (before, after) == (Kind.Number, Kind.Number),
        Kind.DoubleQuote => (before, after) == (Kind.Hebrew, Kind.Hebrew),
        _ => false,
    };

    private static Kind KindOf(Rune rune)
    {
        if (SpacelessScripts.Contain(rune))
            return Kind.Other;
        if (rune.Value == '"')
            return Kind.DoubleQuote;
        if (rune.IsBmp && KindOfPunctuation((char)rune.Value) is var kind && kind != Kind.Other)
            return kind;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.DecimalDigitNumber => Kind.Number,
            UnicodeCategory.ConnectorPunctuation => Kind.Connector,
            UnicodeCategory.LetterNumber => Kind.Letter,
            _ when Rune.IsLetter(rune) => rune.Value is >= 0x05D0 and <= 0x05F2 ? Kind.Hebrew : Kind.Letter,
            _ => Kind.Other,
        };
    }

    private static Kind KindOfPunctuation(char c) =>
        MidBoths.Contains(c, StringComparison.Ordinal) ? Kind.MidBoth
        : MidLetters.Contains(c, StringComparison.Ordinal) ? Kind.MidLetter
        : MidNumbers.Contains(c, StringComparison.Ordinal) ? Kind.MidNumber
        : Kind.Other;
}
