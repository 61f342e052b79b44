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
        At = Instant(At),
        ModeratorId = ModeratorId,
        Until = Instant(Until),
        Reason = Text,
        ReportId = ReportId,
        LiftedAt = Instant(LiftedAt),
        LiftedBy = LiftedBy,
    };

    public WarningRecord ToWarning() => new() { At = Instant(At), ModeratorId = ModeratorId, Reason = Text ?? "", ReportId = ReportId };

    public ModeratorNote ToNote() => new() { At = Instant(At), ModeratorId = ModeratorId, Text = Text ?? "" };

    protected static DateTimeOffset Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    protected static DateTimeOffset? Instant(long? ms) => ms is { } at ? Instant(at) : null;
}
