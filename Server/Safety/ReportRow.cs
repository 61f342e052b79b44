using ChatHub.Contracts;

namespace ChatHub.Server.Safety;

/// <summary>A row of reports with both people's cards.</summary>
public sealed record ReportRow
{
    public long ReportKey { get; init; }
    public string ReportId { get; init; } = "";
    public ReportReason Reason { get; init; }
    public string? Note { get; init; }
    public long ReportedAt { get; init; }
    public long? ResolvedAt { get; init; }
    public string? ResolvedBy { get; init; }
    public ReportAction? Resolution { get; init; }

    public string ReporterId { get; init; } = "";
    public string ReporterUsername { get; init; } = "";
    public string ReporterDisplayName { get; init; } = "";
    public string? ReporterAvatarUrl { get; init; }
    public bool ReporterIsVerified { get; init; }
    public long? ReporterRemovedAt { get; init; }

    public long ReportedKey { get; init; }
    public string ReportedId { get; init; } = "";
    public string ReportedUsername { get; init; } = "";
    public string ReportedDisplayName { get; init; } = "";
    public string? ReportedAvatarUrl { get; init; }
    public bool ReportedIsVerified { get; init; }
    public long? ReportedRemovedAt { get; init; }

    public ReportCase ToContract(IEnumerable<EvidenceRow> evidence) => new()
    {
        ReportId = ReportId,
        Reporter = UserCardMapper.Map(ReporterId, ReporterUsername, ReporterDisplayName, ReporterAvatarUrl, ReporterIsVerified, ReporterRemovedAt),
        Reported = UserCardMapper.Map(ReportedId, ReportedUsername, ReportedDisplayName, ReportedAvatarUrl, ReportedIsVerified, ReportedRemovedAt),
        Reason = Reason,
        Note = Note,
        ReportedAt = DateTimeOffset.FromUnixTimeMilliseconds(ReportedAt),
        State = ResolvedAt is null ? ReportState.Open : ReportState.Resolved,
        Resolution = Resolution,
        ResolvedAt = ResolvedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        ResolvedBy = ResolvedBy,
        Evidence = [.. evidence.Select(row => row.ToContract())],
    };
}
