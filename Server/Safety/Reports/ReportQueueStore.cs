using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Reports;

/// <summary>The SQL by which moderators read and resolve reports. Reports on or by the reading moderator are not found.</summary>
public sealed class ReportQueueStore(IDatabase database)
{
    private const string Columns = """
        r.report_key, r.report_id, r.reasons, r.reported_at, r.updated_at, r.resolved_at, r.resolved_by, r.resolution,
        (SELECT COUNT(*) FROM report_notes n WHERE n.report_key = r.report_key) AS note_count,
        (SELECT COUNT(*) FROM report_evidence e WHERE e.report_key = r.report_key) AS evidence_count,
        a.user_id AS reporter_id, a.username AS reporter_username, a.display_name AS reporter_display_name,
        a.avatar_url AS reporter_avatar_url, a.is_verified AS reporter_is_verified, a.removed_at AS reporter_removed_at,
        b.user_id AS reported_id, b.username AS reported_username, b.display_name AS reported_display_name,
        b.avatar_url AS reported_avatar_url, b.is_verified AS reported_is_verified, b.removed_at AS reported_removed_at
        """;

    private const string From = """
        FROM reports r
        JOIN users a ON a.user_key = r.reporter_key
        JOIN users b ON b.user_key = r.reported_key
        """;

    private const string NotOnes = "a.user_id <> @moderator AND b.user_id <> @moderator";

    // One open report for each reporter and reported user: their number is that of the distinct reporters.
    private readonly string _open = $"""
        SELECT {Columns}, ranks.reporters
        {From}
        JOIN (SELECT o.reported_key, SUM(CASE WHEN {ReporterStore.IsOldEnough} THEN 1 ELSE 0 END) AS reporters
              FROM reports o JOIN users u ON u.user_key = o.reporter_key
              WHERE (o.resolved_at IS NULL OR o.resolved_at > @AsOf) AND o.report_key <= @UpTo
              GROUP BY o.reported_key) ranks ON ranks.reported_key = r.reported_key
        WHERE r.resolved_at IS NULL AND r.report_key <= @UpTo
          AND (ranks.reporters < @Reporters OR (ranks.reporters = @Reporters AND r.report_key > @ReportKey))
          AND {NotOnes}
        ORDER BY ranks.reporters DESC, r.report_key {database.Dialect.Take}
        """;

    private readonly string _resolved = $"""
        SELECT {Columns} {From}
        WHERE r.resolved_at IS NOT NULL AND r.report_key > @after AND {NotOnes} ORDER BY r.report_key {database.Dialect.Take}
        """;

    private readonly string _onUser = $"""
        SELECT {Columns} {From} WHERE r.reported_key = @user AND {NotOnes} ORDER BY r.report_key DESC {database.Dialect.Take}
        """;

    /// <summary>The place before the first page.</summary>
    public async Task<QueuePlace> StartAsync(DbSession session, DateTimeOffset now) => new(
        now.ToUnixTimeMilliseconds(), await session.ScalarAsync<long?>("SELECT MAX(report_key) FROM reports") ?? 0, long.MaxValue, 0);

    /// <summary>Open reports after a place: those with the most reporters first, then oldest.</summary>
    public Task<List<ReportRow>> OpenAsync(DbSession session, string moderator, QueuePlace after, int take) =>
        session.ListAsync<ReportRow>(_open, new
        {
            moderator,
            after.AsOf,
            after.UpTo,
            after.Reporters,
            after.ReportKey,
            oldEnough = after.AsOf - (long)ReporterStore.Age.TotalMilliseconds,
            take,
        });

    /// <summary>Resolved reports, oldest first.</summary>
    public Task<List<ReportRow>> ResolvedAsync(DbSession session, string moderator, long after, int take) =>
        session.ListAsync<ReportRow>(_resolved, new { moderator, after, take });

    /// <summary>Reports on one user, newest first.</summary>
    public Task<List<ReportRow>> OnUserAsync(DbSession session, string moderator, long user, int take) =>
        session.ListAsync<ReportRow>(_onUser, new { moderator, user, take });

    public Task<ReportRow?> ByIdAsync(DbSession session, string moderator, string id) =>
        session.FirstAsync<ReportRow>($"SELECT {Columns} {From} WHERE r.report_id = @id AND {NotOnes}", new { moderator, id });

    /// <summary>Oldest first.</summary>
    public Task<List<ReportNoteRow>> NotesAsync(DbSession session, long reportKey) =>
        session.ListAsync<ReportNoteRow>("SELECT text, added_at FROM report_notes WHERE report_key = @reportKey ORDER BY ordinal", new { reportKey });

    /// <summary>Requests by age, then messages by seq, of each the replaced texts first: NULLs come first in both dialects.</summary>
    public Task<List<EvidenceRow>> EvidenceAsync(DbSession session, long reportKey) =>
        session.ListAsync<EvidenceRow>(
            """
            SELECT request_id, conversation_id, seq, sender_id, text, sent_at, replaced_at
            FROM report_evidence WHERE report_key = @reportKey ORDER BY conversation_id, seq, sent_at, CASE WHEN replaced_at IS NULL THEN 1 ELSE 0 END, replaced_at, ordinal
            """,
            new { reportKey });

    public Task ResolveAsync(DbSession session, long reportKey, ReportAction action, string moderator, long now) =>
        session.ExecuteAsync(
            "UPDATE reports SET resolved_at = @now, resolved_by = @moderator, resolution = @action WHERE report_key = @reportKey",
            new { reportKey, action, moderator, now });
}
