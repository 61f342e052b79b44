using System.Text;
using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>
/// How usernames are compared: by NFKC and full Unicode case folding, without characters that show nothing. They are shown
/// as given. Pure.
/// </summary>
public static class Usernames
{
    // Marks and letters that no font draws: two names that differ in them alone look the same.
    private static readonly HashSet<int> Invisible =
        [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0, .. Enumerable.Range(0xFE00, 16), .. Enumerable.Range(0xE0100, 240)];

    /// <summary>What a username is compared by; null for a text that is no username.</summary>
    public static string? TryKey(string username)
    {
        ArgumentNullException.ThrowIfNull(username);
        // Two chars at most for each character: longer ones need not be looked at.
        if (username.Length > 2 * Limits.HostUsernameMax || username.EnumerateRunes().Count() > Limits.HostUsernameMax
            || !username.EnumerateRunes().All(Arguments.IsUsernameRune))
            return null;
        var folded = new StringBuilder(username.Length);
        foreach (var rune in username.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!Invisible.Contains(rune.Value))
                folded.Append(TextFolding.FoldCase(rune));
        }

        // Of full case folding, decomposition leaves one letter that folds to two.
        var key = folded.Replace("ß", "ss").ToString().Normalize(NormalizationForm.FormKC);
        return key.Length > 0 && key.EnumerateRunes().All(Arguments.IsUsernameRune) ? key : null;
    }

    /// <summary>A directory's username, checked. Throws invalid_argument.</summary>
    public static string OfDirectory(string? value)
    {
        var name = Arguments.HostUsername(value);
        return TryKey(name) is null ? throw Errors.InvalidArgument("username shows nothing.") : name;
    }
}
