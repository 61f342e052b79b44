using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>ListConversations, GetConversation and GetMessages.</summary>
public sealed class ConversationQueries(
    IDatabase database, ConversationStore conversations, MessageStore messages, Cursors cursors, TimeProvider time)
{
    /// <summary>The pinned ones first, then the others, each latest first; the archived ones are a list of their own.</summary>
    public async Task<Page<Conversation>> ListAsync(Caller caller, ListConversationsInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var limit = Arguments.Limit(input.Limit);
        var archived = input.Archived ?? false;
        var scope = new CursorScope(archived ? "conversations.archived" : "conversations", caller.User.Id);
        var (pinned, before) = cursors.ReadNumbers(scope, input.Cursor, 2) is [var section, var stamp] ? (section == 1, stamp) : (true, long.MaxValue);
        var rows = await database.ReadAsync(Read, cancellation);
        var now = Now();
        return PageBounds.Page(
            rows, limit, row => row.ToContract(caller.User, now), TextSize.Of, row => cursors.Write(scope, row.IsPinned ? 1 : 0, row.ActiveVersion));

        async Task<List<ConversationRow>> Read(DbSession session)
        {
            var first = pinned ? await conversations.LatestAsync(session, caller.Key, archived, pinned: true, before, limit + 1) : [];
            if (first.Count > limit)
                return first;
            var others = await conversations.LatestAsync(
                session, caller.Key, archived, pinned: false, pinned ? long.MaxValue : before, limit + 1 - first.Count);
            return [.. first, .. others];
        }
    }

    public async Task<Conversation> GetAsync(Caller caller, ConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.ConversationId, "conversationId");
        var row = await database.ReadAsync(session => conversations.ByIdAsync(session, caller.Key, id), cancellation);
        return row?.ToContract(caller.User, Now()) ?? throw Errors.ConversationNotFound();
    }

    public Task<MessagePage> MessagesAsync(Caller caller, GetMessagesInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.ConversationId, "conversationId");
        var limit = Arguments.Limit(input.Limit);
        if (new[] { input.Before, input.After, input.ChangedAfter }.Count(given => given is not null) > 1)
            throw Errors.InvalidArgument("Give at most one of before, after and changedAfter.");
        long? before = input.Before is null ? null : Arguments.Number(input.Before, "before", 1);
        long? after = input.After is null ? null : Arguments.Number(input.After, "after", 0);
        long? changedAfter = input.ChangedAfter is null ? null : Arguments.Number(input.ChangedAfter, "changedAfter", 0);

        return database.ReadAsync(Read, cancellation);

        async Task<MessagePage> Read(DbSession session)
        {
            var row = await conversations.ByIdAsync(session, caller.Key, id) ?? throw Errors.ConversationNotFound();
            if (changedAfter is { } change)
                return await ChangedAsync(session, caller, row, change, limit);
            var range = after is { } seq
                ? MessageRange.After(seq, row.ClearedSeq, row.LastSeq, limit)
                : MessageRange.Before(before, row.ClearedSeq, row.LastSeq, limit);
            var items = Shown(await messages.RangeAsync(session, row.ConversationKey, range), caller, row);
            // Bounded from the end where reading began, so that the next page follows this one without a gap.
            var count = PageBounds.Fitting(after is null ? Enumerable.Reverse(items) : items, TextSize.Of);
            return new()
            {
                Items = after is null ? items[^count..] : items[..count],
                HasMore = range.HasMore || count < items.Count,
            };
        }
    }
    /// <summary>By rising change, so that the next page goes on after the last item's.</summary>
    private async Task<MessagePage> ChangedAsync(DbSession session, Caller caller, ConversationRow row, long after, int limit)
    {
        var items = Shown(await messages.ChangedAsync(session, row.ConversationKey, after, row.ClearedSeq, limit + 1), caller, row);
        var count = Math.Min(limit, PageBounds.Fitting(items, TextSize.Of));
        return new() { Items = items[..count], HasMore = count < items.Count };
    }

    private static List<Message> Shown(List<MessageRow> rows, Caller caller, ConversationRow row) =>
        rows.ConvertAll(m => m.ToContract(row.ConversationId, caller.User, row.Peer, row.SeenSeq, row.PeerShownSeq));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
