using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Safety.Reports;

namespace ChatHub.Server.Requests;

/// <summary>
/// What a report copies: the requests and messages it names, or the latest ones, each with the texts that edits and removals
/// replaced. What the reporter cleared can be copied for as long as those are kept.
/// </summary>
public sealed class EvidenceCollector(EvidenceStore evidence, EarlierTextStore earlierTexts, ClearingStore clearings)
{
    private const int LatestMessages = 30;

    /// <param name="change">The change.</param>
    /// <param name="reporter">The caller.</param>
    /// <param name="reported">The reported user.</param>
    /// <param name="input">What the report names.</param>
    /// <param name="seqs">The named messages, rising; null: the latest.</param>
    public async Task<List<EvidenceRow>> CollectAsync(Change change, long reporter, long reported, ReportInput input, IReadOnlyList<long>? seqs)
    {
        var since = (change.Now - ReportRules.Reach).ToUnixTimeMilliseconds();
        var isNothingNamed = input.RequestId is null && input.ConversationId is null;
        var copies = new List<EvidenceRow>();
        if (input.RequestId is { } id)
        {
            copies.AddRange(await WithEarlierAsync(
                change,
                await evidence.RequestAsync(change.Session, reporter, reported, Arguments.Id(id, "requestId"), since) ?? throw Errors.RequestNotFound()));
        }
        else if (isNothingNamed && await evidence.LatestRequestAsync(change.Session, reporter, reported, since) is { } latest)
        {
            copies.AddRange(await WithEarlierAsync(change, latest));
        }

        if (isNothingNamed || input.ConversationId is not null)
            copies.AddRange(await MessagesAsync(change, reporter, reported, input.ConversationId, seqs));
        return copies;
    }

    /// <summary>The named messages, else the latest.</summary>
    /// <param name="change">The change.</param>
    /// <param name="reporter">The caller.</param>
    /// <param name="reported">The reported user.</param>
    /// <param name="conversationId">Null: the chat of the two, if there is one.</param>
    /// <param name="seqs">Null: the latest.</param>
    private async Task<IEnumerable<EvidenceRow>> MessagesAsync(
        Change change, long reporter, long reported, string? conversationId, IReadOnlyList<long>? seqs)
    {
        var chat = await evidence.ConversationAsync(change.Session, reporter, reported);
        if (conversationId is not null && chat?.Id != conversationId)
            throw Errors.ConversationNotFound();
        if (chat is not { } found)
            return [];

        var after = await clearings.ReportableAfterAsync(change.Session, reporter, found.Key, change.NowMs);
        if (seqs is not null && seqs[^1] > found.LastSeq)
            throw Errors.InvalidArgument($"seqs must be at most the conversation's last, {found.LastSeq}.");
        if (seqs is not null && seqs[0] <= after)
            throw Errors.InvalidArgument($"seqs must be above {after}: what you cleared can be reported for {ReportRules.Reach.Days} days.");
        var messages = seqs is null
            ? await evidence.LatestMessagesAsync(change.Session, found.Key, after, LatestMessages)
            : await evidence.MessagesAsync(change.Session, found.Key, seqs);
        return await WithEarlierAsync(change, found.Key, messages);
    }

    private async Task<IEnumerable<EvidenceRow>> WithEarlierAsync(Change change, long conversation, List<EvidenceRow> messages)
    {
        if (messages.Count == 0)
            return messages;
        var earlier = (await earlierTexts.OfAsync(change.Session, conversation, messages.ConvertAll(message => message.Seq!.Value), change.NowMs))
            .ToLookup(text => text.Seq);
        return messages.SelectMany(message => Texts(message, earlier[message.Seq!.Value]));
    }

    private async Task<IEnumerable<EvidenceRow>> WithEarlierAsync(Change change, EvidenceRow request) =>
        Texts(request, await earlierTexts.OfRequestAsync(change.Session, request.RequestId!, change.NowMs));

    /// <summary>The oldest first. A removed one has no text of its own any more.</summary>
    private static List<EvidenceRow> Texts(EvidenceRow row, IEnumerable<EarlierText> earlier)
    {
        var texts = earlier.Select(text => row with { Text = text.Text, ReplacedAt = text.ReplacedAt }).ToList();
        return row.Text.Length == 0 && texts.Count > 0 ? texts : [.. texts, row];
    }
}
