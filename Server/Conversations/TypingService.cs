using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>SetTyping: live only, never stored, silently ignored where a message would be refused.</summary>
public sealed class TypingService(IDatabase database, ChatFactsStore chats, IDelivery delivery, TimeProvider time)
{
    /// <summary>Keystrokes within this time count as one: shown for 5 seconds, it need not be sent more often.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromSeconds(1);

    private readonly ExpiringSet<(long User, string Conversation)> _recentlySent = new(Debounce, time);

    public async Task<Nothing> SetAsync(Caller caller, ConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var conversationId = Arguments.Id(input.ConversationId, "conversationId");
        if (_recentlySent.Contains((caller.Key, conversationId)))
            return new();

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var chat = await database.ReadAsync(session => chats.FindAsync(session, caller.Key, conversationId, now).AsTask(), cancellation)
            ?? throw Errors.ConversationNotFound();

        // An empty chat is its opener's secret until message 1.
        if (chat.LastSeq > 0 && chat.Restrictions.Refusal() is null)
        {
            var typing = new Typing { ConversationId = chat.ConversationId, UserId = caller.User.Id };
            _recentlySent.Add((caller.Key, conversationId));
            delivery.Deliver(new(chat.PeerId, nameof(IChatClient.Typing), typing, Version: null, ExceptConnectionId: null));
        }

        return new();
    }
}
