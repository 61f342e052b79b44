namespace ChatHub.Contracts;

/// <summary>GET /api/moderation/audit: one action of a moderator. It is never changed.</summary>
public sealed record AuditEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moderator's user id.</summary>
    public required string ModeratorId { get; init; }

    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>The user whom it concerns.</summary>
    public required string UserId { get; init; }

    /// <summary>The report that was opened or resolved.</summary>
    public string? ReportId { get; init; }

    /// <summary>The end of a ban; null: none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason that was given, or a note's text.</summary>
    public string? Reason { get; init; }
}
