using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>The SQL of reports and their evidence.</summary>
public sealed class ReportStore(IDatabase database)
{
    private const string Select = """
        SELECT r.report_key, r.report_id, r.reason, r.note, r.reported_at, r.resolved_at, r.resolved_by, r.resolution,
               a.user_id AS reporter_id, a.username AS reporter_username, a.display_name AS reporter_display_name,
               a.avatar_url AS reporter_avatar_url, a.is_verified AS reporter_is_verified, a.removed_at AS reporter_removed_at,
               b.user_key AS reported_key, b.user_id AS reported_id, b.username AS reported_username,
               b.display_name AS reported_display_name, b.avatar_url AS reported_avatar_url,
               b.is_verified AS reported_is_verified, b.removed_at AS reported_removed_at
        FROM reports r
        JOIN users a ON a.user_key = r.reporter_key
        JOIN users b ON b.user_key = r.reported_key
        """;

    private readonly string _open =
        $"{Select} WHERE r.resolved_at IS NULL AND r.report_key > @after ORDER BY r.report_key {database.Dialect.Take}";

    private readonly string _resolved =
        $"{Select} WHERE r.resolved_at IS NOT NULL AND r.report_key > @after ORDER BY r.report_key {database.Dialect.Take}";

    public Task<string?> FindAsync(DbSession session, long reporter, string digest) =>
        session.ScalarAsync<string>(
            "SELECT report_id FROM reports WHERE reporter_key = @reporter AND digest = @digest", new { reporter, digest });

    public async Task InsertAsync(
        DbSession session, string reportId, long reporter, long reported, ReportReason reason, string? note, string digest,
        IReadOnlyList<EvidenceRow> evidence, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO reports (report_id, reporter_key, reported_key, reason, note, digest, reported_at)
            VALUES (@reportId, @reporter, @reported, @reason, @note, @digest, @now)
            """,
            new { reportId, reporter, reported, reason, note, digest, now });
        var key = await session.ScalarAsync<long>("SELECT report_key FROM reports WHERE report_id = @reportId", new { reportId });
        for (var ordinal = 0; ordinal < evidence.Count; ordinal++)
        {
            var row = evidence[ordinal];
            await session.ExecuteAsync(
                """
                INSERT INTO report_evidence (report_key, ordinal, request_id, conversation_id, seq, sender_id, text, sent_at)
                VALUES (@key, @ordinal, @RequestId, @ConversationId, @Seq, @SenderId, @Text, @SentAt)
                """,
                new { key, ordinal, row.RequestId, row.ConversationId, row.Seq, row.SenderId, row.Text, row.SentAt });
        }
    }

    public Task<ReportRow?> ByIdAsync(DbSession session, string id) =>
        session.FirstAsync<ReportRow>($"{Select} WHERE r.report_id = @id", new { id });

    /// <summary>Oldest first.</summary>
    public Task<List<ReportRow>> ListAsync(DbSession session, bool resolved, long after, int take) =>
        session.ListAsync<ReportRow>(resolved ? _resolved : _open, new { after, take });

    public Task<List<EvidenceRow>> EvidenceAsync(DbSession session, long reportKey) =>
        session.ListAsync<EvidenceRow>(
            """
            SELECT request_id, conversation_id, seq, sender_id, text, sent_at
            FROM report_evidence WHERE report_key = @reportKey ORDER BY ordinal
            """,
            new { reportKey });

    public Task ResolveAsync(DbSession session, long reportKey, ReportAction action, string moderator, long now) =>
        session.ExecuteAsync(
            "UPDATE reports SET resolved_at = @now, resolved_by = @moderator, resolution = @action WHERE report_key = @reportKey",
            new { reportKey, action, moderator, now });
}
