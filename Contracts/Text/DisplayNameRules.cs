using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ChatHub.Contracts;

/// <summary>What a display name may not do beside any other text: break or turn a line, pile up marks, or pass for something else.</summary>
internal static class DisplayNameRules
{
    private const int MaxMarks = 3;

    // Clients show the verified mark beside the name: no check mark may stand in it, whatever its box or weight.
    private static readonly FrozenSet<int> CheckMarks =
        FrozenSet.ToFrozenSet([0x221A, 0x2611, 0x2705, 0x2713, 0x2714, 0x237B, 0x10102, 0x1F5F8, 0x1F5F9, 0x1FBB1]);

    private static readonly FrozenDictionary<char, char> LookAlikes = Letters(
        ('d', "ԁᴅꓓ"), ('e', "еєεᴇꓰ3℮"), ('m', "мᴍꓟϻ"), ('o', "оοօഠ०০0ᴏꓳ"), ('r', "гʀꓣᴦ"), ('s', "ѕꜱꓢ5$"), ('u', "υսᴜꓴцʊ"), ('v', "ѵνᴠꓦ∨"));

    // How a removed account reads. Compared by skeleton, so that nothing that looks the same is taken.
    private static readonly string RemovedSkeleton = Skeleton(Limits.RemovedDisplayName);

    public static string Check(string name)
    {
        var marks = 0;
        foreach (var rune in name.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (rune.Value is '\n' or 0x2028 or 0x2029)
                throw Arguments.Invalid("displayName must be one line.");
            if (IsBidiControl(rune.Value))
                throw Arguments.Invalid("displayName contains a control of text direction.");
            if (CheckMarks.Contains(rune.Value))
                throw Arguments.Invalid("displayName contains a check mark, which stands for a verified account.");
            marks = IsMark(rune) ? marks + 1 : VisibleText.IsInvisible(rune) ? marks : 0;
            if (marks > MaxMarks)
                throw Arguments.Invalid($"displayName has more than {MaxMarks} combining marks on one character.");
        }

        return Skeleton(name) == RemovedSkeleton ? throw Arguments.Invalid("displayName reads as a removed account does.") : name;
    }

    private static bool IsBidiControl(int codePoint) =>
        codePoint is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Letters and digits alone, each as the Latin letter that it looks like.</summary>
    private static string Skeleton(string name)
    {
        var letters = TextFolding.Fold(name)
            .Select(c => LookAlikes.GetValueOrDefault(c, c))
            .Where(char.IsLetterOrDigit);
        return string.Concat(letters).Replace("rn", "m", StringComparison.Ordinal).Replace("cl", "d", StringComparison.Ordinal);
    }

    private static FrozenDictionary<char, char> Letters(params (char Latin, string LookAlikes)[] groups) =>
        groups.SelectMany(group => group.LookAlikes.Select(other => (other, group.Latin))).ToFrozenDictionary(pair => pair.other, pair => pair.Latin);
}
