using ChatHub.Contracts;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>A row of moderation_audit.</summary>
public sealed record AuditRow
{
    public long AuditKey { get; init; }
    public long At { get; init; }
    public string ModeratorId { get; init; } = "";
    public AuditAction Action { get; init; }
    public string UserId { get; init; } = "";
    public string? ReportId { get; init; }
    public long? Until { get; init; }
    public string? Reason { get; init; }

    public AuditEntry ToContract() => new()
    {
        At = At.ToInstant(),
        ModeratorId = ModeratorId,
        Action = Action,
        UserId = UserId,
        ReportId = ReportId,
        Until = Until.ToInstant(),
        Reason = Reason,
    };
}
