using System.Globalization;
using System.Text;

namespace ChatHub.Server.People.Accounts;

/// <summary>
/// The PRECIS profile OpaqueString (RFC 8265, 4.2) over the FreeformClass (RFC 8264, 4.3): the form in which passwords are
/// compared, so that one that is typed composed matches one typed decomposed. Pure.
/// </summary>
public static class OpaqueString
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    // RFC 8264, 9.6 and 9.13: exceptions that are disallowed, and what is ignorable though it is a mark or a letter.
    private static readonly HashSet<int> Disallowed =
    [
        0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B,
        0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0,
        .. Enumerable.Range(0xFE00, 16), .. Enumerable.Range(0xE0100, 240),
    ];

    // Canonical combining class 9.
    private static readonly HashSet<int> Viramas =
    [
        0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D3B, 0x0D3C, 0x0D4D, 0x0DCA, 0x0E3A, 0x0EBA, 0x0F84, 0x1039,
        0x103A, 0x1714, 0x1734, 0x17D2, 0x1A60, 0x1B44, 0x1BAA, 0x1BAB, 0x1BF2, 0x1BF3, 0x2D7F, 0xA806, 0xA8C4, 0xA953, 0xA9C0, 0xAAF6, 0xABED,
    ];

    /// <returns>The prepared text; null where the class does not allow it.</returns>
    public static string? Prepare(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var runes = new List<Rune>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return null;
            runes.Add(rune);
            at += length;
        }

        for (var i = 0; i < runes.Count; i++)
        {
            if (!IsAllowed(runes, i))
                return null;
        }

        // Any space becomes U+0020; case and width stay.
        var mapped = string.Concat(runes.Select(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? " " : rune.ToString()));
        return mapped.Length == 0 ? null : mapped.Normalize(NormalizationForm.FormC);
    }

    private static bool IsAllowed(List<Rune> runes, int at)
    {
        var value = runes[at].Value;
        return value switch
        {
            ZeroWidthNonJoiner or ZeroWidthJoiner => at > 0 && Viramas.Contains(runes[at - 1].Value),
            // The rules of context of RFC 5892, appendix A.
            0x00B7 => At(at - 1) == 'l' && At(at + 1) == 'l',
            0x0375 => IsBetween(At(at + 1), 0x0370, 0x03FF),
            0x05F3 or 0x05F4 => IsBetween(At(at - 1), 0x0590, 0x05FF),
            0x30FB => runes.Exists(rune => rune.Value != 0x30FB && IsJapanese(rune.Value)),
            // Not beside the extended ones; the rule of those says the same.
            >= 0x0660 and <= 0x0669 => !runes.Exists(rune => rune.Value is >= 0x06F0 and <= 0x06F9),
            // Old Hangul jamo.
            (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97C) or (>= 0xD7B0 and <= 0xD7FB) => false,
            _ => !Disallowed.Contains(value) && IsInClass(Rune.GetUnicodeCategory(runes[at])),
        };

        int At(int index) => index >= 0 && index < runes.Count ? runes[index].Value : -1;
    }

    private static bool IsInClass(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsJapanese(int value) =>
        IsBetween(value, 0x3041, 0x309F) || IsBetween(value, 0x30A1, 0x30FF) || IsBetween(value, 0x3400, 0x4DBF)
        || IsBetween(value, 0x4E00, 0x9FFF) || IsBetween(value, 0xF900, 0xFAFF) || IsBetween(value, 0x20000, 0x323AF);

    private static bool IsBetween(int value, int first, int last) => value >= first && value <= last;
}
