using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChatHub.Contracts;

/// <summary>
/// The checks of the wire's limits. Each returns the normalised value, or throws
/// <see cref="ErrorCodes.InvalidArgument"/> with a sentence that names the field and the limit.
/// The server enforces them; a client may check earlier.
/// </summary>
public static class Arguments
{
    /// <summary>A value that must be present.</summary>
    public static T Required<T>([NotNull] T? value, string field)
        where T : class =>
        value ?? throw Invalid($"{field} is missing.");

    /// <summary>A value that must be present.</summary>
    public static T Required<T>(T? value, string field)
        where T : struct =>
        value ?? throw Invalid($"{field} is missing.");

    /// <summary>
    /// An id: anything that is there. One that cannot exist is simply not found: every id is of printable ASCII without spaces,
    /// and not long. (SQL Server would compare any other text with each id, converted, instead of finding it by an index.)
    /// </summary>
    public static string Id(string? value, string field) =>
        Required(value, field) is { Length: <= Limits.HostUserIdMax } id && id.All(c => c is > ' ' and <= '~') ? id : "";

    /// <summary>Text for people, trimmed, with newlines as \n. One that shows nothing is empty.</summary>
    public static string Text(string? value, string field, int min, int max)
    {
        var text = TextRules.Normalize(Required(value, field), field).Trim();
        return InRange(VisibleText.IsBlank(text) ? "" : text, field, min, max);
    }

    /// <summary>A text of one line that does not pass for something else: a verified mark, a removed account.</summary>
    public static string DisplayName(string? value) => DisplayNameRules.Check(Text(value, "displayName", 1, Limits.DisplayNameMax));

    /// <summary>3..30 of <c>a-z 0-9 _ .</c>, at least one of them a letter or digit, in lower case.</summary>
    public static string Username(string? value)
    {
        var name = Required(value, "username");
        if (name.Length is < Limits.UsernameMin or > Limits.UsernameMax || !name.All(IsUsernameCharacter))
            throw Invalid($"username must be {Limits.UsernameMin} to {Limits.UsernameMax} characters of a-z, 0-9, _ and '.'.");
        return name.Any(char.IsAsciiLetterOrDigit) ? name.ToLowerInvariant() : throw Invalid("username must have a letter or digit.");
    }

    /// <summary>A directory's username: 1..64 letters, marks and digits of any script and <c>_ . - @ + '</c>, as given.</summary>
    public static string HostUsername(string? value)
    {
        var name = Required(value, "username");
        if (name.Length == 0 || name.Length > 2 * Limits.HostUsernameMax || !name.EnumerateRunes().All(IsUsernameRune)
            || ScalarCount(name) > Limits.HostUsernameMax)
            throw Invalid($"username must be 1 to {Limits.HostUsernameMax} letters, marks, digits and characters of _ . - @ + '.");
        return name;
    }

    /// <summary>Whether a directory's username may hold it. Half of a surrogate pair reads as U+FFFD, which it may not.</summary>
    public static bool IsUsernameRune(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber => true,
        _ => rune.Value is '_' or '.' or '-' or '@' or '+' or '\'',
    };

    /// <summary>A day in the past (UTC), at most 120 years ago, as YYYY-MM-DD.</summary>
    public static DateOnly BirthDate(string? value, DateOnly today)
    {
        if (!DateOnly.TryParseExact(Required(value, "birthDate"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw Invalid("birthDate must be a day as YYYY-MM-DD.");
        if (date >= today || date < today.AddYears(-Limits.MaxAgeYears))
            throw Invalid($"birthDate must be a day in the past, at most {Limits.MaxAgeYears} years ago.");
        return date;
    }

    /// <summary>A host application's own user id: 1..64 printable ASCII without spaces or slashes.</summary>
    public static string HostUserId(string? value)
    {
        var id = Required(value, "userId");
        return IsHostUserId(id) ? id : throw Invalid($"userId must be 1 to {Limits.HostUserIdMax} printable ASCII characters without spaces and slashes.");
    }

    /// <summary>Whether a host application's user can have this id.</summary>
    public static bool IsHostUserId(string id) =>
        id.Length is >= 1 and <= Limits.HostUserIdMax && id.All(c => c is > ' ' and <= '~' and not ('/' or '\\'));

    /// <summary>An absolute http or https address.</summary>
    public static string WebAddress(string? value, string field)
    {
        var text = Text(value, field, 1, Limits.WebAddressMax);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw Invalid($"{field} must be an absolute http or https address.");
        return address.AbsoluteUri.Length <= Limits.WebAddressMax
            ? address.AbsoluteUri
            : throw Invalid($"{field} must be at most {Limits.WebAddressMax} characters, escaped as an address is.");
    }

    /// <summary>An idempotency key: 1..64 printable ASCII.</summary>
    public static string ClientId(string? value)
    {
        var id = Required(value, "clientId");
        if (id.Length is < 1 or > Limits.ClientIdMax || !id.All(c => c is >= ' ' and <= '~'))
            throw Invalid($"clientId must be 1 to {Limits.ClientIdMax} printable ASCII characters.");
        return id;
    }

    /// <summary>1..100, 30 when absent.</summary>
    public static int Limit(int? value) => value switch
    {
        null => Limits.PageDefault,
        >= 1 and <= Limits.PageMax => value.Value,
        _ => throw Invalid($"limit must be 1 to {Limits.PageMax}."),
    };

    /// <summary>The same as it stands in a query.</summary>
    public static int Limit(string? value) =>
        value is null ? Limits.PageDefault
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? Limit(limit)
        : Limit(0);

    /// <summary>A defined value of an enum.</summary>
    public static T Known<T>(T value, string field)
        where T : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw Invalid($"{field} must be one of: {string.Join(", ", Enum.GetNames<T>().Select(CamelCase))}.");

    /// <summary>Within min..max, both included.</summary>
    public static long Number(long? value, string field, long min, long max = long.MaxValue)
    {
        var number = Required(value, field);
        if (number >= min && number <= max)
            return number;
        throw Invalid(max == long.MaxValue ? $"{field} must be {min} or more." : $"{field} must be {min} to {max}.");
    }

    /// <summary>How many Unicode scalar values a well-formed text has.</summary>
    public static int ScalarCount(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length - text.Count(char.IsLowSurrogate);
    }

    /// <summary>The exception of a violated limit.</summary>
    public static ChatHubException Invalid(string sentence) => new(ErrorCodes.InvalidArgument, sentence);

    private static string InRange(string text, string field, int min, int max)
    {
        // Scalars are at most as many as chars: most texts need no count.
        if (text.Length >= min && (text.Length <= max || ScalarCount(text) <= max) && ScalarCount(text) >= min)
            return text;
        throw Invalid(text.Length == 0 ? $"{field} is empty." : $"{field} must be {min} to {max} characters.");
    }

    private static bool IsUsernameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
