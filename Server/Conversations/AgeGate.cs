using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatHub.Server.Safety;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Conversations;

/// <summary>
/// Whether a user is too young to be reached by anyone new. An account comes of age some days after its birthday, how many
/// is fixed for it by a keyed hash: a button that changed at midnight would show strangers the day of birth.
/// </summary>
public sealed class AgeGate(SymmetricSecurityKey signingKey, IOptions<MessagingOptions> options)
{
    /// <summary>The delay is below this.</summary>
    public const int MaxDelayDays = 28;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, signingKey.Key, 32, info: "minimum age"u8.ToArray());

    public bool IsUnderAge(string? birthDate, string userId, DateTimeOffset now) =>
        birthDate is not null && PrivacyPolicy.IsUnderAge(birthDate, options.Value.MinimumAge, DelayDays(userId), now);

    /// <summary>0 to 27 days.</summary>
    public int DelayDays(string userId) =>
        (int)(BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(userId))) % MaxDelayDays);
}
