namespace ChatHub.Contracts;

/// <summary>A browser that is signed in.</summary>
public sealed record ExportSession
{
    /// <summary>When it was last refreshed.</summary>
    public required DateTimeOffset UsedAt { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
