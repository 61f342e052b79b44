using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatHub.Server.People.Accounts;

/// <summary>Random secrets that are handed out once and kept as a hash. They have 128 bits or more: a plain hash is enough.</summary>
public static class OneTimeCode
{
    /// <returns>128 random bits, as base64url.</returns>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
