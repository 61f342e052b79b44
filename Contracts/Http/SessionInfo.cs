namespace ChatHub.Contracts;

/// <summary>An item of GET /api/me/sessions.</summary>
public sealed record SessionInfo
{
    /// <summary>The session's id.</summary>
    public required string SessionId { get; init; }

    /// <summary>What the client called itself (User-Agent) when it signed in.</summary>
    public string? Device { get; init; }

    /// <summary>The client's address when it signed in or last refreshed.</summary>
    public string? Address { get; init; }

    /// <summary>When the session began.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When it signed in or last refreshed.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Whether it is the session of the access token that asks.</summary>
    public bool IsCurrent { get; init; }
}
