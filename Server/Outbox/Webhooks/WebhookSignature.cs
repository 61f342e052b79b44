using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatHub.Server.Outbox.Webhooks;

/// <summary>The headers of the Standard Webhooks specification.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary><c>v1,</c> and the HMAC-SHA256 of <c>id.timestamp.body</c> in base64.</summary>
    /// <param name="key">The secret's bytes.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="timestamp">Of the attempt, in unix seconds.</param>
    /// <param name="body">As it is sent.</param>
    public static string Sign(byte[] key, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
