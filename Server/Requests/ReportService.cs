using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Outbox;
using ChatHub.Server.Safety.Reports;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Report: the reported user learns nothing, and the evidence is copied, so that nothing later can change it. Here because
/// it may block as part of the same change.
/// </summary>
public sealed class ReportService(
    RequestCommandRunner runner, ReportStore reports, EvidenceCollector evidence, ReportAllowance allowance, BlockService blocks, OutboxWriter outbox)
{
    public Task<ReportReceipt> ReportAsync(Caller caller, ReportInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var userId = Arguments.Id(input.UserId, "userId");
        var reason = Arguments.Known(Arguments.Required(input.Reason, "reason"), "reason");
        var note = input.Note is null ? null : Arguments.Text(input.Note, "note", 0, Limits.ReportNoteMax);
        var seqs = CheckSeqs(input);
        if (userId == caller.User.Id)
            throw Errors.InvalidArgument("userId must be another user's: no user reports themselves.");

        return runner.RunAsync<ReportReceipt>(caller, LockScope.OfNewReport(userId), Report, cancellation);

        async Task<RequestOutcome<ReportReceipt>> Report(Change change)
        {
            // Being removed does not undo what was said.
            var reported = await UserLookup.FindEvenRemovedAsync(change.Session, userId) ?? throw Errors.UserNotFound();
            var open = await reports.OpenAsync(change.Session, caller.Key, reported.Key);
            var copies = await evidence.CollectAsync(change, caller.Key, reported.Key, input, seqs);
            var addition = ReportRules.Addition(open, reason, note is "" ? null : note, copies);
            if (!addition.IsEmpty)
                await allowance.CheckAsync(change.Session, caller.Key, change.Now);

            BlockChanged? block = null;
            if (input.Block == true)
            {
                // An expired request in its way: nothing is written yet, and the command runs again.
                var outcome = await blocks.ChangeAsync(change, caller, userId, wanted: true);
                if (outcome.Response is null)
                    return outcome.BlockedBy;
                block = outcome.Response;
            }

            return new ReportReceipt { ReportId = await AddAsync(change, caller, reported, open, addition), BlockChanged = block };
        }
    }

    private async Task<string> AddAsync(Change change, Caller caller, UserRef reported, OpenReport? open, ReportAddition addition)
    {
        if (open is not null && addition.IsEmpty)
            return open.Id;
        if (open is null)
        {
            open = await reports.InsertAsync(change.Session, Ids.New(), caller.Key, reported.Key, change.NowMs);
            await outbox.AddAsync(change, new(OutboxEventType.ReportCreated, reported.Key) { ReportId = open.Id });
        }

        await reports.AddAsync(change.Session, open, addition, change.NowMs);
        await allowance.CountAsync(change.Session, caller.Key, change.Now);
        return open.Id;
    }

    /// <summary>Rising, each once.</summary>
    private static List<long>? CheckSeqs(ReportInput input)
    {
        if (input.Seqs is not { } seqs)
            return null;
        if (seqs.Count is < 1 or > Limits.ReportSeqsMax)
            throw Errors.InvalidArgument($"seqs must be 1 to {Limits.ReportSeqsMax}.");
        if (input.ConversationId is null)
            throw Errors.InvalidArgument("seqs need their conversationId.");
        if (seqs.Any(seq => seq < 1))
            throw Errors.InvalidArgument("seqs must be 1 or more.");
        return [.. seqs.Distinct().Order()];
    }
}
