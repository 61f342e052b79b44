namespace ChatHub.Contracts;

/// <summary>A ban in a user's history.</summary>
public sealed record BanRecord
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moderator's user id.</summary>
    public required string ModeratorId { get; init; }

    /// <summary>When it ends or ended by itself; null: never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }

    /// <summary>The report that led to it.</summary>
    public string? ReportId { get; init; }

    /// <summary>When it was lifted, or replaced by another ban, before its end.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>The user id of the moderator who lifted or replaced it.</summary>
    public string? LiftedBy { get; init; }
}
