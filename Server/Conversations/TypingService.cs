using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>SetTyping: live only, never stored, silently ignored where a message would be refused.</summary>
public sealed class TypingService(IDatabase database, ChatFactsStore chats, IDelivery delivery, TimeProvider time)
{
    public async Task<Nothing> SetAsync(Caller caller, ConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var conversationId = Arguments.Id(input.ConversationId, "conversationId");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var chat = await database.ReadAsync(session => chats.FindAsync(session, caller.Key, conversationId, now), cancellation)
            ?? throw Refusals.ConversationNotFound();

        // An empty chat is its opener's secret until message 1.
        if (chat.LastSeq > 0 && chat.Standing.Refusal() is null)
        {
            var typing = new Typing { ConversationId = chat.ConversationId, UserId = caller.User.Id };
            delivery.Deliver(new(chat.PeerId, nameof(IChatClient.Typing), typing, Version: null, ExceptConnectionId: null));
        }

        return new();
    }
}
