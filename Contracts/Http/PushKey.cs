namespace ChatHub.Contracts;

/// <summary>The response of GET /api/push/key.</summary>
public sealed record PushKey
{
    /// <summary>The server's VAPID public key (RFC 8292): an uncompressed P-256 point in base64url, as a browser's <c>applicationServerKey</c> takes it.</summary>
    public required string PublicKey { get; init; }
}
