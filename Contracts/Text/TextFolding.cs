using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ChatHub.Contracts;

/// <summary>
/// The letters of a text as people type them: without case (full Unicode case folding), compatibility forms, marks, and the
/// strokes and dots that Unicode does not decompose. <c>İpek Işık</c>, <c>ipek ışık</c> and <c>IPEK ISIK</c> are the same.
/// </summary>
public static class TextFolding
{
    // Unicode decomposes a letter with a mark, but not one with a stroke through it or a dot taken from it.
    private static readonly FrozenDictionary<char, string> Plain = Letters(
        ("a", "ⱥ"), ("ae", "æ"), ("b", "ƀƃɓ"), ("c", "ȼƈ"), ("d", "đðɖɗƌ"), ("e", "ɇ"), ("f", "ƒ"), ("g", "ǥɠ"), ("h", "ħⱨ"), ("i", "ıɨ"),
        ("j", "ȷɉ"), ("k", "ƙꝁⱪ"), ("l", "łƚɫɬⱡ"), ("m", "ɱ"), ("n", "ƞɲŋ"), ("o", "øɵ"), ("oe", "œ"), ("p", "ƥᵽ"), ("q", "ɋ"), ("r", "ɍɽ"),
        ("s", "ʂȿ"), ("ss", "ß"), ("t", "ŧⱦƭʈ"), ("th", "þ"), ("u", "ʉ"), ("v", "ʋ"), ("w", "ⱳ"), ("y", "ɏƴ"), ("z", "ƶȥɀⱬ"),
        ("г", "ғ"), ("к", "қҝҟ"), ("о", "ө"), ("у", "ұ"), ("х", "ҳ"));

    /// <summary>The folded text. What is no letter stays.</summary>
    /// <param name="text">Well-formed and without noncharacters, as <see cref="Arguments.Text"/> returns it.</param>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
                continue;
            var lower = FoldCase(rune);
            if (lower.IsBmp && Plain.TryGetValue((char)lower.Value, out var plain))
                folded.Append(plain);
            else
                folded.Append(lower);
        }

        return folded.ToString();
    }

    /// <summary>One letter without its case, by way of the capital: ς and σ have the same one, and are one letter.</summary>
    /// <param name="rune">Of a decomposed text.</param>
    public static Rune FoldCase(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    private static FrozenDictionary<char, string> Letters(params (string Plain, string Letters)[] groups) =>
        groups.SelectMany(group => group.Letters.Select(letter => (letter, group.Plain))).ToFrozenDictionary(pair => pair.letter, pair => pair.Plain);
}
