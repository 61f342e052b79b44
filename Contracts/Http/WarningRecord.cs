namespace ChatHub.Contracts;

/// <summary>A warning in a user's history.</summary>
public sealed record WarningRecord
{
    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moderator's user id.</summary>
    public required string ModeratorId { get; init; }

    /// <summary>The reason that the warned user reads.</summary>
    public required string Reason { get; init; }

    /// <summary>The report that led to it.</summary>
    public string? ReportId { get; init; }
}
