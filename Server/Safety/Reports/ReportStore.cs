using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Reports;

/// <summary>The SQL by which a report is made and grows.</summary>
public sealed class ReportStore
{
    private sealed record OpenRow
    {
        public long ReportKey { get; init; }
        public string ReportId { get; init; } = "";
        public int Reasons { get; init; }
    }

    /// <summary>The reporter's open report on a user, or null.</summary>
    public async Task<OpenReport?> OpenAsync(DbSession session, long reporter, long reported)
    {
        var row = await session.FirstAsync<OpenRow>(
            """
            SELECT report_key, report_id, reasons FROM reports
            WHERE reporter_key = @reporter AND reported_key = @reported AND resolved_at IS NULL
            """,
            new { reporter, reported });
        if (row is null)
            return null;
        var notes = await session.ListAsync<string>(
            "SELECT text FROM report_notes WHERE report_key = @ReportKey ORDER BY ordinal", new { row.ReportKey });
        var copies = await session.ListAsync<EvidenceRow>(
            "SELECT request_id, conversation_id, seq, text FROM report_evidence WHERE report_key = @ReportKey", new { row.ReportKey });
        return new(row.ReportKey, row.ReportId, row.Reasons, notes, copies.Select(copy => copy.Source).ToHashSet());
    }

    /// <summary>A new, empty report; see <see cref="AddAsync"/>.</summary>
    public async Task<OpenReport> InsertAsync(DbSession session, string reportId, long reporter, long reported, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO reports (report_id, reporter_key, reported_key, reasons, reported_at, updated_at)
            VALUES (@reportId, @reporter, @reported, 0, @now, @now)
            """,
            new { reportId, reporter, reported, now });
        var key = await session.ScalarAsync<long>("SELECT report_key FROM reports WHERE report_id = @reportId", new { reportId });
        return new(key, reportId, 0, [], new HashSet<EvidenceSource>());
    }

    /// <summary>Adds to an open report.</summary>
    public async Task AddAsync(DbSession session, OpenReport report, ReportAddition addition, long now)
    {
        await session.ExecuteAsync(
            "UPDATE reports SET reasons = @Reasons, updated_at = @now WHERE report_key = @Key", new { report.Key, addition.Reasons, now });
        if (addition.Note is { } text)
        {
            await session.ExecuteAsync(
                "INSERT INTO report_notes (report_key, ordinal, text, added_at) VALUES (@Key, @ordinal, @text, @now)",
                new { report.Key, ordinal = report.Notes.Count, text, now });
        }

        var ordinal = report.Sources.Count;
        foreach (var row in addition.Evidence)
        {
            await session.ExecuteAsync(
                """
                INSERT INTO report_evidence (report_key, ordinal, request_id, conversation_id, seq, sender_id, text, sent_at, replaced_at)
                VALUES (@Key, @ordinal, @RequestId, @ConversationId, @Seq, @SenderId, @Text, @SentAt, @ReplacedAt)
                """,
                new { report.Key, ordinal = ordinal++, row.RequestId, row.ConversationId, row.Seq, row.SenderId, row.Text, row.SentAt, row.ReplacedAt });
        }
    }
}
