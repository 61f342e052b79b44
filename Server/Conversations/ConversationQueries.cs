using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>ListConversations, GetConversation and GetMessages.</summary>
public sealed class ConversationQueries(IDatabase database, ConversationStore conversations, MessageStore messages, Cursors cursors)
{
    public async Task<Page<Conversation>> ListAsync(Caller caller, PageInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var limit = Arguments.Limit(input.Limit);
        var scope = new CursorScope("conversations", caller.User.Id);
        var before = cursors.ReadNumbers(scope, input.Cursor, 1)?[0] ?? long.MaxValue;
        var rows = await database.ReadAsync(
            session => conversations.LatestAsync(session, caller.Key, before, limit + 1), cancellation);
        return PageBounds.Page(rows, limit, row => row.ToContract(caller.User), TextSize.Of, row => cursors.Write(scope, row.ActiveVersion));
    }

    public async Task<Conversation> GetAsync(Caller caller, ConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.ConversationId, "conversationId");
        var row = await database.ReadAsync(session => conversations.ByIdAsync(session, caller.Key, id), cancellation);
        return row?.ToContract(caller.User) ?? throw Errors.ConversationNotFound();
    }

    public Task<MessagePage> MessagesAsync(Caller caller, GetMessagesInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.ConversationId, "conversationId");
        var limit = Arguments.Limit(input.Limit);
        if (input is { Before: not null, After: not null })
            throw Errors.InvalidArgument("Give before or after, not both.");
        long? before = input.Before is null ? null : Arguments.Number(input.Before, "before", 1);
        long? after = input.After is null ? null : Arguments.Number(input.After, "after", 0);

        return database.ReadAsync(Read, cancellation);

        async Task<MessagePage> Read(DbSession session)
        {
            var row = await conversations.ByIdAsync(session, caller.Key, id) ?? throw Errors.ConversationNotFound();
            var range = after is { } seq
                ? MessageRange.After(seq, row.LastSeq, limit)
                : MessageRange.Before(before, row.LastSeq, limit);
            var items = (await messages.RangeAsync(session, row.ConversationKey, range))
                .ConvertAll(m => m.ToContract(row.ConversationId, caller.User, row.Peer, row.SeenSeq, row.PeerShownSeq));
            // Bounded from the end where reading began, so that the next page follows this one without a gap.
            var count = PageBounds.Fitting(after is null ? Enumerable.Reverse(items) : items, TextSize.Of);
            return new()
            {
                Items = after is null ? items[^count..] : items[..count],
                HasMore = range.HasMore || count < items.Count,
            };
        }
    }
}
