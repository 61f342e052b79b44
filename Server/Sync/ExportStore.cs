using ChatHub.Contracts;
using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Safety.Reports;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Sync;

/// <summary>Reads what is stored on a user and appears in no list.</summary>
public sealed class ExportStore(IDatabase database)
{
    public sealed record AccountRow
    {
        public string? BirthDate { get; init; }

        /// <summary>Since when the account exists; where its host does not say, since when it is stored here.</summary>
        public long CreatedAt { get; init; }
        public long? LastSeenAt { get; init; }
    }

    public sealed record SessionRow
    {
        public string? Device { get; init; }
        public string? Address { get; init; }
        public long BegunAt { get; init; }
        public long UsedAt { get; init; }
        public long ExpiresAt { get; init; }

        public ExportSession ToContract() => new()
        {
            Device = Device,
            Address = Address,
            BegunAt = BegunAt.ToInstant(),
            UsedAt = UsedAt.ToInstant(),
            ExpiresAt = ExpiresAt.ToInstant(),
        };
    }

    public sealed record ReportRow : CardRow
    {
        public long ReportKey { get; init; }
        public string ReportId { get; init; } = "";
        public int Reasons { get; init; }
        public long ReportedAt { get; init; }

        public ExportReport ToContract(IReadOnlyList<string> notes) => new()
        {
            ReportId = ReportId,
            Reported = Card(),
            Reasons = ReportRules.Reasons(Reasons),
            Notes = notes,
            ReportedAt = ReportedAt.ToInstant(),
        };
    }

    public sealed record ModerationRow : RecordRow
    {
        public long RecordKey { get; init; }

        /// <summary>As the user read it: without who it was, and what report led to it.</summary>
        public ExportLine ToContract() => Kind == RecordKind.Ban
            ? new() { Type = ExportType.Ban, Ban = new() { BannedAt = At.ToInstant(), Until = Until.ToInstant(), Reason = Text, LiftedAt = LiftedAt.ToInstant() } }
            : new() { Type = ExportType.Warning, Warning = new() { At = At.ToInstant(), Reason = Text ?? "" } };
    }

    private readonly string _moderation = $"""
        SELECT record_key, kind, at, text, until, lifted_at FROM moderation_records
        WHERE user_key = @user AND kind = @kind AND record_key > @after ORDER BY record_key {database.Dialect.Take}
        """;

    private readonly string _reports = $"""
        SELECT r.report_key, r.report_id, r.reasons, r.reported_at,
               u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified, u.removed_at
        FROM reports r JOIN users u ON u.user_key = r.reported_key
        WHERE r.reporter_key = @user AND r.report_key > @after ORDER BY r.report_key {database.Dialect.Take}
        """;

    public Task<AccountRow?> AccountAsync(DbSession session, long user) =>
        session.FirstAsync<AccountRow>("SELECT birth_date, COALESCE(joined_at, created_at) AS created_at, last_seen_at FROM users WHERE user_key = @user", new { user });

    public Task<byte[]?> AvatarAsync(DbSession session, long user) =>
        session.ScalarAsync<byte[]>("SELECT content FROM avatars WHERE user_key = @user", new { user });

    public Task<List<SessionRow>> SessionsAsync(DbSession session, long user) =>
        session.ListAsync<SessionRow>(
            "SELECT device, address, begun_at, used_at, expires_at FROM sessions WHERE user_key = @user ORDER BY session_key", new { user });

    /// <summary>Oldest first.</summary>
    public Task<List<ReportRow>> ReportsAsync(DbSession session, long user, long after, int take) =>
        session.ListAsync<ReportRow>(_reports, new { user, after, take });

    /// <summary>Warnings or bans of the user, oldest first.</summary>
    public Task<List<ModerationRow>> ModerationAsync(DbSession session, long user, RecordKind kind, long after, int take) =>
        session.ListAsync<ModerationRow>(_moderation, new { user, kind, after, take });

    /// <summary>The notes that the user wrote on a report, oldest first.</summary>
    public Task<List<string>> NotesAsync(DbSession session, long reportKey) =>
        session.ListAsync<string>("SELECT text FROM report_notes WHERE report_key = @reportKey ORDER BY ordinal", new { reportKey });
}
