using System.Buffers.Text;
using System.Security.Cryptography;

namespace ChatHub.Server.People.Accounts;

/// <summary>
/// A refresh cookie's value, <c>FAMILY.TOKEN</c>. The family stays for the session's life, the token is replaced at each
/// use: a known family with a token that is not in use is a copy in the wrong hands, however old it is.
/// </summary>
public readonly record struct RefreshCookie(string Family, string Token)
{
    private const int Bytes = 32;
    private const int Length = 43;

    public static RefreshCookie New() => new(NewSecret(), NewSecret());

    public RefreshCookie Next() => this with { Token = NewSecret() };

    public string FamilyHash => OneTimeCode.Hash(Family);
    public string TokenHash => OneTimeCode.Hash(Token);

    public static RefreshCookie? TryParse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length == (2 * Length) + 1 && value[Length] == '.' ? new RefreshCookie(value[..Length], value[(Length + 1)..]) : null;
    }

    public override string ToString() => $"{Family}.{Token}";

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
