namespace ChatHub.Contracts;

/// <summary>A ban of the user from messaging, as they read it; it may be over.</summary>
public sealed record ExportBan
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset BannedAt { get; init; }

    /// <summary>Null: until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason that the user reads.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was lifted, or replaced by another; null where it was not.</summary>
    public DateTimeOffset? LiftedAt { get; init; }
}
