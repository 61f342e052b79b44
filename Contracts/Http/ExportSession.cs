namespace ChatHub.Contracts;

/// <summary>A device that is signed in.</summary>
public sealed record ExportSession
{
    /// <summary>What the client called itself when it signed in.</summary>
    public string? Device { get; init; }

    /// <summary>The client's address when it signed in or last refreshed.</summary>
    public string? Address { get; init; }

    /// <summary>When the session began.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When it was last refreshed.</summary>
    public required DateTimeOffset UsedAt { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
