namespace ChatHub.Contracts;

/// <summary>The body of PUT /api/me/push-subscriptions/{id}: a browser's push subscription.</summary>
public sealed record PushSubscriptionInput
{
    /// <summary>Where its push service takes messages: an https address that is public, of at most 1,000 characters.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Its public key (RFC 8291): an uncompressed P-256 point in base64url.</summary>
    public string? P256dh { get; init; }

    /// <summary>Its authentication secret (RFC 8291): 16 bytes in base64url.</summary>
    public string? Auth { get; init; }
}
