using System.Globalization;
using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.Requests;

/// <summary>
/// A text as hidden words are compared: without case, marks and invisible characters, with digits as the letters that they
/// look like, and doubled letters once. Pure.
/// </summary>
public sealed class FoldedText
{
    private const string LookAlikes = "ol2eas6t89";

    private FoldedText(IReadOnlyList<string> words, string squeezed, bool hasSpacelessScript) =>
        (Words, Squeezed, HasSpacelessScript) = (words, squeezed, hasSpacelessScript);

    /// <summary>Its words in their order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>All of it, spaces left out.</summary>
    public string Squeezed { get; }

    /// <summary>Something of it is written in a script that puts no spaces between words.</summary>
    public bool HasSpacelessScript { get; }

    public static FoldedText Of(string text)
    {
        var runes = Fold(text);
        return new(
            [.. WordBreaks.Words(runes).Select(Squeeze)],
            Squeeze(runes.Where(rune => !Rune.IsWhiteSpace(rune))),
            runes.Exists(SpacelessScripts.Contain));
    }

    private static List<Rune> Fold(string text)
    {
        var folded = new List<Rune>(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes().Select(TextFolding.FoldCase))
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format)
                continue;
            switch (rune.Value)
            {
                case 'ß':
                    folded.AddRange([new('s'), new('s')]);
                    break;
                case 'ı':
                    folded.Add(new('i'));
                    break;
                default:
                    folded.Add(rune);
                    break;
            }
        }

        return folded;
    }

    private static string Squeeze(IEnumerable<Rune> runes)
    {
        var squeezed = new StringBuilder();
        Rune? last = null;
        foreach (var rune in runes.Select(LookAlike))
        {
            if (rune != last || !CanBeDoubled(rune))
                squeezed.Append(rune.ToString());
            last = rune;
        }

        return squeezed.ToString();
    }

    private static bool CanBeDoubled(Rune rune) => Rune.IsLetter(rune) && !SpacelessScripts.Contain(rune);

    private static Rune LookAlike(Rune rune) => rune.Value is >= '0' and <= '9' ? new(LookAlikes[rune.Value - '0']) : rune;
}
