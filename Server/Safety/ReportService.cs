using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>Report: the reported user learns nothing, and the evidence is copied, so that nothing later can change it.</summary>
public sealed class ReportService(ChangeRunner changes, ReportStore reports, EvidenceStore evidence)
{
    /// <summary>How many messages a report may name; so many of the latest are copied when it names none.</summary>
    public const int MostMessages = 100;

    private const int LatestMessages = 30;

    public Task<ReportReceipt> ReportAsync(Caller caller, ReportInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var userId = Arguments.Id(input.UserId, "userId");
        var reason = Arguments.Known(Arguments.Required(input.Reason, "reason"), "reason");
        var note = input.Note is null ? null : Arguments.Text(input.Note, "note", 0, Limits.ReportNoteMax);
        var seqs = CheckSeqs(input);
        if (userId == caller.User.Id)
            throw Errors.InvalidArgument("userId must be somebody else's: nobody reports themselves.");

        return changes.RunAsync(caller, LockScope.Reports, Report, cancellation);

        async Task<ReportReceipt> Report(Change change)
        {
            // Being removed does not undo what was said.
            var reported = (await UserLookup.FindEvenRemovedAsync(change.Session, userId) ?? throw Errors.UserNotFound()).Key;
            var digest = Digest(userId, reason, note, input, seqs);
            if (await reports.FindAsync(change.Session, caller.Key, digest) is { } first)
                return new() { ReportId = first };

            var copies = await CollectAsync(change, caller.Key, reported, input, seqs);
            var id = Ids.New();
            await reports.InsertAsync(
                change.Session, id, caller.Key, reported, reason, note, digest, copies, change.NowMs);
            return new() { ReportId = id };
        }
    }

    private async Task<List<EvidenceRow>> CollectAsync(
        Change change, long reporter, long reported, ReportInput input, IReadOnlyList<long>? seqs)
    {
        var copies = new List<EvidenceRow>();
        if (input.RequestId is { } requestId)
        {
            copies.Add(await evidence.RequestAsync(change.Session, reporter, reported, requestId)
                ?? throw Errors.RequestNotFound());
        }

        if (input.ConversationId is { } conversationId)
        {
            var (conversation, lastSeq) = await evidence.ConversationAsync(change.Session, reporter, reported, conversationId)
                ?? throw Errors.ConversationNotFound();
            if (seqs is { Count: > 0 } && seqs[^1] > lastSeq)
                throw Errors.InvalidArgument($"seqs must be at most the conversation's last, {lastSeq}.");
            copies.AddRange(seqs is { Count: > 0 }
                ? await evidence.MessagesAsync(change.Session, conversation, seqs)
                : await evidence.LatestAsync(change.Session, conversation, LatestMessages));
        }

        return copies;
    }

    /// <summary>Rising, each once.</summary>
    private static List<long>? CheckSeqs(ReportInput input)
    {
        if (input.Seqs is not { } seqs)
            return null;
        if (seqs.Count > MostMessages)
            throw Errors.InvalidArgument($"seqs must be at most {MostMessages}.");
        if (seqs.Count > 0 && input.ConversationId is null)
            throw Errors.InvalidArgument("seqs need their conversationId.");
        if (seqs.Any(seq => seq < 1))
            throw Errors.InvalidArgument("seqs must be 1 or more.");
        return [.. seqs.Distinct().Order()];
    }

    private static string Digest(string userId, ReportReason reason, string? note, ReportInput input, IReadOnlyList<long>? seqs)
    {
        string?[] parts =
        [
            userId, reason.ToString(), note, input.RequestId, input.ConversationId,
            .. (seqs ?? []).Select(seq => seq.ToString(CultureInfo.InvariantCulture)),
        ];
        // Length-prefixed, so that no two different reports read the same.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
