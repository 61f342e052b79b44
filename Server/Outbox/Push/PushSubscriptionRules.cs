using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using ChatHub.Contracts;

namespace ChatHub.Server.Outbox.Push;

/// <summary>What a push subscription must be. Each check returns the value as it is stored, or throws invalid_argument.</summary>
public static class PushSubscriptionRules
{
    private const int PointBytes = 65;
    private const int SecretBytes = 16;

    /// <summary>1..64 of <c>A-Z a-z 0-9 - _ . ~</c>.</summary>
    public static string Id(string id) =>
        id.Length is >= 1 and <= Limits.PushSubscriptionIdMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
            ? id
            : throw Errors.InvalidArgument($"The id must be 1 to {Limits.PushSubscriptionIdMax} characters of A-Z, a-z, 0-9 and - _ . ~.");

    /// <summary>
    /// An https address. One that names a private address is refused here; what a name leads to is checked when a message is sent there.
    /// </summary>
    public static string Endpoint(string? value, bool allowPrivate)
    {
        var text = Arguments.Required(value, "endpoint");
        if (text.Length > Limits.PushEndpointMax || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (allowPrivate && address.Scheme == Uri.UriSchemeHttp))
            || address.UserInfo.Length > 0 || address.Fragment.Length > 0 || address.AbsoluteUri.Length > Limits.PushEndpointMax)
            throw Errors.InvalidArgument($"endpoint must be an https address of at most {Limits.PushEndpointMax} characters.");
        if (!allowPrivate && IsPrivate(address))
            throw Errors.InvalidArgument("endpoint must be a public address.");
        return address.AbsoluteUri;
    }

    /// <summary>An uncompressed point on P-256 in base64url.</summary>
    public static string PublicKey(string? value)
    {
        var point = Decode(value, "p256dh", PointBytes);
        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = point[1..33], Y = point[33..] },
            });
            return point[0] == 4 ? Base64Url.EncodeToString(point) : throw new CryptographicException();
        }
        catch (CryptographicException)
        {
            throw Errors.InvalidArgument("p256dh must be an uncompressed point on P-256 in base64url.");
        }
    }

    /// <summary>16 bytes in base64url.</summary>
    public static string Secret(string? value) => Base64Url.EncodeToString(Decode(value, "auth", SecretBytes));

    private static byte[] Decode(string? value, string field, int length)
    {
        // Some clients pad, or write plain base64.
        var text = Arguments.Required(value, field).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(text, out var bytes) && bytes == length
            ? Base64Url.DecodeFromChars(text)
            : throw Errors.InvalidArgument($"{field} must be {length} bytes in base64url.");
    }

    private static bool IsPrivate(Uri address) =>
        IPAddress.TryParse(address.IdnHost, out var ip)
            ? !PublicAddresses.Contains(ip)
            : address.IsLoopback || !address.IdnHost.Contains('.', StringComparison.Ordinal);
}
