namespace ChatHub.Server.People;

/// <summary>The user of an access token, with what decides whether the token is still good.</summary>
public sealed record TokenUserRow : PersonRow
{
    /// <summary>The token's session lasts.</summary>
    public bool HasSession { get; init; }
    public long? SignedOutAt { get; init; }

    /// <summary>Whether a token of this session, or of none, is accepted.</summary>
    /// <param name="sessionId">Null for a token that an issuer, or another holder of the signing key, made.</param>
    /// <param name="issuedAt">In whole seconds; the epoch where the token does not say.</param>
    public bool Accepts(string? sessionId, DateTimeOffset issuedAt) =>
        !IsRemoved && (sessionId is null ? SignedOutAt is not { } at || issuedAt > at.ToInstant() : HasSession);
}
