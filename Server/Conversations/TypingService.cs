using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>SetTyping: live only, never stored, silently ignored where a message would be refused.</summary>
public sealed class TypingService(IDatabase database, ChatFactsStore chats, IDelivery delivery, TimeProvider time)
{
    /// <summary>Keystrokes within this time count as one: shown for 5 seconds, it need not be told more often.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Recently<(long User, string Conversation)> _told = new(Quiet, time);

    public async Task<Nothing> SetAsync(Caller caller, ConversationInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var conversationId = Arguments.Id(input.ConversationId, "conversationId");
        if (_told.IsRecent((caller.Key, conversationId)))
            return new();

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var chat = await database.ReadAsync(session => chats.FindAsync(session, caller.Key, conversationId, now).AsTask(), cancellation)
            ?? throw Refusals.ConversationNotFound();

        // An empty chat is its opener's secret until message 1.
        if (chat.LastSeq > 0 && chat.Standing.Refusal() is null)
        {
            var typing = new Typing { ConversationId = chat.ConversationId, UserId = caller.User.Id };
            _told.Remember((caller.Key, conversationId));
            delivery.Deliver(new(chat.PeerId, nameof(IChatClient.Typing), typing, Version: null, ExceptConnectionId: null));
        }

        return new();
    }
}
