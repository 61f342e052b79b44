using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Safety.Reports;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>The moderators' queue: listing, opening and resolving reports. One on or by the moderator is not found.</summary>
public sealed class ModerationService(
    IDatabase database, ChangeRunner changes, ReportQueueStore reports, HistoryService history, BanService bans,
    WarningService warnings, AuditStore audit, Cursors cursors, TimeProvider time)
{
    private const int PlaceKeys = 4;

    /// <summary>Open ones by rank: as many pages as there are, each report that was open at the first is on one of them, unless resolved meanwhile.</summary>
    public async Task<Page<ReportSummary>> ListOpenAsync(string moderator, string? cursor, int take, CancellationToken cancellation)
    {
        var scope = new CursorScope("open reports", moderator);
        QueuePlace? after = cursors.ReadNumbers(scope, cursor, PlaceKeys) is { } keys ? new(keys[0], keys[1], keys[2], keys[3]) : null;
        var (start, rows) = await database.ReadAsync(
            async session =>
            {
                var place = after ?? await reports.StartAsync(session, time.GetUtcNow());
                return (place, await reports.OpenAsync(session, moderator, place, take + 1));
            },
            cancellation);
        return PageBounds.Page(
            rows, take, row => row.ToContract(), TextSize.Of,
            row => cursors.Write(scope, start.AsOf, start.UpTo, row.Reporters ?? 0, row.ReportKey));
    }

    /// <summary>Resolved ones, oldest first.</summary>
    public async Task<Page<ReportSummary>> ListResolvedAsync(string moderator, string? cursor, int take, CancellationToken cancellation)
    {
        var scope = new CursorScope("resolved reports", moderator);
        var after = cursors.ReadNumbers(scope, cursor, 1)?[0] ?? 0;
        var rows = await database.ReadAsync(session => reports.ResolvedAsync(session, moderator, after, take + 1), cancellation);
        return PageBounds.Page(rows, take, row => row.ToContract(), TextSize.Of, row => cursors.Write(scope, row.ReportKey));
    }

    /// <summary>One report with its evidence; that it was opened is in the audit before it is shown.</summary>
    public async Task<ReportCase> OpenAsync(string moderator, string reportId, CancellationToken cancellation)
    {
        var opened = await database.ReadAsync(session => ReadAsync(session, moderator, reportId), cancellation);
        await changes.RunAsync(
            caller: null,
            LockScope.None,
            change => audit.AddAsync(change.Session, Entry(change, moderator, AuditAction.OpenReport, opened.Report)),
            cancellation);
        return opened;
    }

    /// <summary>Closes a report. One that is closed already stays as it is.</summary>
    /// <param name="moderator">Who resolves, for the record.</param>
    /// <param name="reportId">The report.</param>
    /// <param name="input">What to do.</param>
    /// <param name="cancellation">Until the change begins.</param>
    public Task<ReportSummary> ResolveAsync(string moderator, string reportId, ResolveReportInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var action = Arguments.Known(Arguments.Required(input.Action, "action"), "action");
        var (hours, reason) = BanService.Check(input.Hours, input.Reason);
        if (action == ReportAction.Warn)
            reason = WarningService.CheckReason(reason);
        return changes.RunAsync(caller: null, LockScope.OfReport(reportId), Resolve, cancellation);

        async Task<ReportSummary> Resolve(Change change)
        {
            var report = await FindAsync(change.Session, moderator, reportId);
            if (report.ResolvedAt is not null)
                return report.ToContract();
            await reports.ResolveAsync(change.Session, report.ReportKey, action, moderator, change.NowMs);
            await ActAsync(change, moderator, report.ToContract(), action, hours, reason);
            return (await FindAsync(change.Session, moderator, reportId)).ToContract();
        }
    }

    private async Task ActAsync(Change change, string moderator, ReportSummary report, ReportAction action, int? hours, string? reason)
    {
        // An account that was erased meanwhile can be neither banned nor warned.
        var user = await UserLookup.FindAsync(change.Session, report.Reported.UserId);
        if (action == ReportAction.Ban && user is { } banned)
            await bans.PutAsync(change, banned, new(moderator, hours, reason, report.ReportId));
        else if (action == ReportAction.Warn && user is { } warned)
            await warnings.WarnAsync(change, warned, moderator, reason!, report.ReportId);
        else
            await audit.AddAsync(change.Session, Entry(change, moderator, AuditAction.DismissReport, report) with { Reason = reason });
    }

    private async Task<ReportCase> ReadAsync(DbSession session, string moderator, string reportId)
    {
        var row = await FindAsync(session, moderator, reportId);
        var reported = await UserLookup.FindEvenRemovedAsync(session, row.ReportedId) ?? throw Errors.ReportNotFound();
        return new()
        {
            Report = row.ToContract(),
            Notes = [.. (await reports.NotesAsync(session, row.ReportKey)).Select(note => note.ToContract())],
            Evidence = [.. (await reports.EvidenceAsync(session, row.ReportKey)).Select(copy => copy.ToContract())],
            History = await history.ReadAsync(session, moderator, reported),
        };
    }

    private async Task<ReportRow> FindAsync(DbSession session, string moderator, string reportId) =>
        await reports.ByIdAsync(session, moderator, reportId) ?? throw Errors.ReportNotFound();

    private static AuditRow Entry(Change change, string moderator, AuditAction action, ReportSummary report) => new()
    {
        At = change.NowMs,
        ModeratorId = moderator,
        Action = action,
        UserId = report.Reported.UserId,
        ReportId = report.ReportId,
    };
}
