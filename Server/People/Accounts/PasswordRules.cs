using ChatHub.Contracts;
using Zxcvbn.Matcher;

namespace ChatHub.Server.People.Accounts;

/// <summary>Which passwords are taken. Pure.</summary>
public static class PasswordRules
{
    private const int CommonRanks = 10_000;

    // Zxcvbn's own list, the most common first.
    private static readonly Lazy<DictionaryMatcher> Common = new(() => new DictionaryMatcher("passwords", "passwords.lst"));

    /// <summary>The password as it is hashed. Throws invalid_argument.</summary>
    /// <param name="value">As typed.</param>
    /// <param name="field">Its name on the wire.</param>
    /// <param name="username">Whose it is to be.</param>
    public static string Check(string? value, string field, string username)
    {
        var password = CheckForm(value, field);
        if (Usernames.TryKey(password) is { } key && key == Usernames.TryKey(username))
            throw Errors.InvalidArgument($"{field} must not be the username.");
        if (IsCommon(password))
            throw Errors.InvalidArgument($"{field} is one of the {CommonRanks:N0} most common passwords: choose another.");
        return password;
    }

    /// <summary>What can be said of it without knowing whose it is. Throws invalid_argument.</summary>
    public static string CheckForm(string? value, string field)
    {
        var typed = Arguments.Required(value, field);
        var password = TryPrepare(typed)
            ?? throw Errors.InvalidArgument($"{field} must be {Limits.PasswordMin} to {Limits.PasswordMax} characters, without control characters and others that show nothing.");
        return Arguments.ScalarCount(password) is >= Limits.PasswordMin and <= Limits.PasswordMax
            ? password
            : throw Errors.InvalidArgument($"{field} must be {Limits.PasswordMin} to {Limits.PasswordMax} characters.");
    }

    /// <summary>A typed password as it was hashed; null where none can have been taken that reads so.</summary>
    public static string? TryPrepare(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        // Decomposed it may be longer than what it is prepared to, but not without bound.
        return typed.Length > Limits.PasswordMax * 8 ? null : OpaqueString.Prepare(typed);
    }

    private static bool IsCommon(string password) =>
        Common.Value.MatchPassword(password).OfType<DictionaryMatch>()
            .Any(match => match.i == 0 && match.j == password.Length - 1 && match.Rank <= CommonRanks);
}
