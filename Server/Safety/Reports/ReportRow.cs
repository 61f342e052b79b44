using ChatHub.Contracts;

namespace ChatHub.Server.Safety.Reports;

/// <summary>A row of reports with both users' cards.</summary>
public sealed record ReportRow
{
    public long ReportKey { get; init; }
    public string ReportId { get; init; } = "";
    public int Reasons { get; init; }
    public long ReportedAt { get; init; }
    public long UpdatedAt { get; init; }
    public int NoteCount { get; init; }
    public int EvidenceCount { get; init; }
    public int? Reporters { get; init; }
    public long? ResolvedAt { get; init; }
    public string? ResolvedBy { get; init; }
    public ReportAction? Resolution { get; init; }

    public string ReporterId { get; init; } = "";
    public string ReporterUsername { get; init; } = "";
    public string ReporterDisplayName { get; init; } = "";
    public string? ReporterAvatarUrl { get; init; }
    public bool ReporterIsVerified { get; init; }
    public long? ReporterRemovedAt { get; init; }

    public string ReportedId { get; init; } = "";
    public string ReportedUsername { get; init; } = "";
    public string ReportedDisplayName { get; init; } = "";
    public string? ReportedAvatarUrl { get; init; }
    public bool ReportedIsVerified { get; init; }
    public long? ReportedRemovedAt { get; init; }

    public ReportSummary ToContract() => new()
    {
        ReportId = ReportId,
        Reporter = UserCardMapper.Map(ReporterId, ReporterUsername, ReporterDisplayName, ReporterAvatarUrl, ReporterIsVerified, ReporterRemovedAt),
        Reported = UserCardMapper.Map(ReportedId, ReportedUsername, ReportedDisplayName, ReportedAvatarUrl, ReportedIsVerified, ReportedRemovedAt),
        Reasons = ReportRules.Reasons(Reasons),
        ReportedAt = ReportedAt.ToInstant(),
        UpdatedAt = UpdatedAt.ToInstant(),
        NoteCount = NoteCount,
        EvidenceCount = EvidenceCount,
        Reporters = Reporters,
        State = ResolvedAt is null ? ReportState.Open : ReportState.Resolved,
        Resolution = Resolution,
        ResolvedAt = ResolvedAt.ToInstant(),
        ResolvedBy = ResolvedBy,
    };
}
