using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>The SQL of users' histories.</summary>
public sealed class RecordStore(IDatabase database)
{
    private readonly string _latest = $"""
        SELECT kind, at, moderator_id, text, until, report_id, lifted_at, lifted_by FROM moderation_records
        WHERE user_key = @user AND kind = @kind ORDER BY record_key DESC {database.Dialect.Take}
        """;

    /// <summary>Of one kind, newest first.</summary>
    public Task<List<RecordRow>> LatestAsync(DbSession session, long user, RecordKind kind, int take) =>
        session.ListAsync<RecordRow>(_latest, new { user, kind, take });

    /// <summary>The latest warning as the user reads it, or null.</summary>
    public async Task<Warning?> WarningAsync(DbSession session, long user) =>
        await session.FirstAsync<RecordRow>(_latest, new { user, kind = RecordKind.Warning, take = 1 }) is { } row
            ? new() { At = row.At.ToInstant(), Reason = row.Text ?? "" }
            : null;

    public Task AddAsync(DbSession session, long user, RecordRow record) =>
        session.ExecuteAsync(
            """
            INSERT INTO moderation_records (user_key, kind, at, moderator_id, text, until, report_id)
            VALUES (@user, @Kind, @At, @ModeratorId, @Text, @Until, @ReportId)
            """,
            new { user, record.Kind, record.At, record.ModeratorId, record.Text, record.Until, record.ReportId });

    /// <summary>Marks the user's ban, if one holds, as lifted or replaced.</summary>
    public Task EndBanAsync(DbSession session, long user, string moderator, long now) =>
        session.ExecuteAsync(
            """
            UPDATE moderation_records SET lifted_at = @now, lifted_by = @moderator
            WHERE user_key = @user AND kind = @kind AND lifted_at IS NULL AND (until IS NULL OR until > @now)
            """,
            new { user, kind = RecordKind.Ban, moderator, now });
}
