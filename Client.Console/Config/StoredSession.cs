namespace ChatHub.Terminal.Config;

/// <summary>What is stored of a session: the last access token, and the cookie that refreshes it.</summary>
internal sealed record StoredSession
{
    public required Contracts.Session Session { get; init; }

    /// <summary>The refresh cookie as <c>name=value</c>; null at a server with an external issuer.</summary>
    public string? Cookie { get; init; }

    /// <summary>Without the secrets, so that no log can hold them.</summary>
    public override string ToString() => $"StoredSession {{ Session = {Session} }}";
}
