using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>What moderators did. Rows are written with what they record, in its transaction, and never changed.</summary>
public sealed class AuditStore(IDatabase database)
{
    /// <summary>How many rows one step of <see cref="PruneAsync"/> removes.</summary>
    public const int PruneStep = 500;

    private readonly string _latest = $"""
        SELECT audit_key, at, moderator_id, action, user_id, report_id, until, reason FROM moderation_audit
        WHERE audit_key < @before AND user_id <> @reader ORDER BY audit_key DESC {database.Dialect.Take}
        """;

    private readonly string _prune = database.Dialect.DeleteSome("moderation_audit", "audit_key", "at < @before");

    public Task AddAsync(DbSession session, AuditRow row) =>
        session.ExecuteAsync(
            """
            INSERT INTO moderation_audit (at, moderator_id, action, user_id, report_id, until, reason)
            VALUES (@At, @ModeratorId, @Action, @UserId, @ReportId, @Until, @Reason)
            """,
            row);

    /// <summary>Newest first. What was done about the reader is not shown to them: it would disclose reports on them.</summary>
    public Task<List<AuditRow>> LatestAsync(DbSession session, string reader, long before, int take) =>
        session.ListAsync<AuditRow>(_latest, new { reader, before, take });

    /// <summary>Removes what is older than an instant, a step at a time.</summary>
    /// <returns>How many rows were removed.</returns>
    public Task<int> PruneAsync(DbSession session, long before) =>
        session.ExecuteAsync(_prune, new { before, take = PruneStep });
}
