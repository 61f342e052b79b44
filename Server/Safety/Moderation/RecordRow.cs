using ChatHub.Contracts;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>A row of moderation_records.</summary>
public record RecordRow
{
    public RecordKind Kind { get; init; }
    public long At { get; init; }
    public string ModeratorId { get; init; } = "";

    /// <summary>The reason, or the note.</summary>
    public string? Text { get; init; }
    public long? Until { get; init; }
    public string? ReportId { get; init; }
    public long? LiftedAt { get; init; }
    public string? LiftedBy { get; init; }

    public BanRecord ToBan() => new()
    {
        At = At.ToInstant(),
        ModeratorId = ModeratorId,
        Until = Until.ToInstant(),
        Reason = Text,
        ReportId = ReportId,
        LiftedAt = LiftedAt.ToInstant(),
        LiftedBy = LiftedBy,
    };

    public WarningRecord ToWarning() => new() { At = At.ToInstant(), ModeratorId = ModeratorId, Reason = Text ?? "", ReportId = ReportId };

    public ModeratorNote ToNote() => new() { At = At.ToInstant(), ModeratorId = ModeratorId, Text = Text ?? "" };
}
