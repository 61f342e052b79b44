using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>ListConversations, GetConversation and GetMessages.</summary>
public sealed class ConversationQueries(IDatabase database, ConversationStore conversations, MessageStore messages)
{
    public async Task<Page<Conversation>> ListAsync(Caller caller, PageInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var limit = Arguments.Limit(input.Limit);
        var before = Cursor.ReadNumbers(input.Cursor, 1)?[0] ?? long.MaxValue;
        var rows = await database.ReadAsync(
            session => conversations.LatestAsync(session, caller.Key, before, limit + 1), cancellation);
        return Cursor.Page(rows, limit, row => row.ToContract(caller.User), row => Cursor.Of(row.ActiveVersion));
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
            var page = await messages.RangeAsync(session, row.ConversationKey, range);
            return new()
            {
                Items = [.. page.Select(m => m.ToContract(row.ConversationId, caller.User, row.Peer, row.SeenSeq, row.PeerShownSeq))],
                HasMore = range.HasMore,
            };
        }
    }
}
