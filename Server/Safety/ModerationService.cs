using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>The moderators' queue.</summary>
public sealed class ModerationService(IDatabase database, ChangeRunner changes, ReportStore reports, BanService bans, Cursors cursors)
{
    /// <summary>Oldest first.</summary>
    /// <param name="moderator">The id of the caller, to whom cursors are bound.</param>
    /// <param name="state">Open or resolved ones.</param>
    /// <param name="cursor">The page before's.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="cancellation">Until the page is read.</param>
    public Task<Page<ReportCase>> ListAsync(string moderator, ReportState state, string? cursor, int take, CancellationToken cancellation)
    {
        var scope = new CursorScope($"reports {state}", moderator);
        var after = cursors.ReadNumbers(scope, cursor, 1)?[0] ?? 0;
        return database.ReadAsync(Read, cancellation);

        async Task<Page<ReportCase>> Read(DbSession session)
        {
            var rows = await reports.ListAsync(session, state == ReportState.Resolved, after, take + 1);
            var cases = new List<ReportCase>();
            foreach (var row in rows.Take(take))
            {
                cases.Add(row.ToContract(await reports.EvidenceAsync(session, row.ReportKey)));
                if (PageBounds.Fitting(cases, TextSize.Of) < cases.Count)
                {
                    cases.RemoveAt(cases.Count - 1);
                    break;
                }
            }

            return new() { Items = cases, NextCursor = rows.Count > cases.Count ? cursors.Write(scope, rows[cases.Count - 1].ReportKey) : null };
        }
    }

    /// <summary>Closes a report, with or without a ban. One that is closed already stays as it is.</summary>
    /// <param name="moderator">Who resolves, for the record.</param>
    /// <param name="reportId">The report.</param>
    /// <param name="input">What to do.</param>
    /// <param name="cancellation">Until the change begins.</param>
    public Task<ReportCase> ResolveAsync(string moderator, string reportId, ResolveReportInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var action = Arguments.Known(Arguments.Required(input.Action, "action"), "action");
        var (hours, reason) = BanService.Check(input.Hours, input.Reason);
        return changes.RunAsync(caller: null, LockScope.OfReport(reportId), Resolve, cancellation);

        async Task<ReportCase> Resolve(Change change)
        {
            var report = await reports.ByIdAsync(change.Session, reportId) ?? throw Errors.ReportNotFound();
            if (report.ResolvedAt is null)
            {
                await reports.ResolveAsync(change.Session, report.ReportKey, action, moderator, change.NowMs);
                // An account that was erased meanwhile cannot be banned.
                if (action == ReportAction.Ban && await UserLookup.FindAsync(change.Session, report.ReportedId) is { } user)
                    await bans.PutAsync(change, user, hours, reason);
                report = (await reports.ByIdAsync(change.Session, reportId))!;
            }

            return report.ToContract(await reports.EvidenceAsync(change.Session, report.ReportKey));
        }
    }
}
