using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Session;

/// <summary>The name under which <c>wait</c> and <c>--json</c> know a change: that of the event of the contract that brings it.</summary>
internal static class EventNames
{
    public const string MessageSent = nameof(MessageSent);

    /// <summary>All names.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(
        [
            nameof(RequestReceived), nameof(RequestChanged), nameof(RequestAccepted), nameof(RequestRemoved), nameof(MessageReceived),
            MessageSent, nameof(MessageChanged), nameof(MessagesSeen), nameof(ConversationChanged), nameof(BlockChanged), nameof(MeChanged), nameof(Typing),
            nameof(PresenceChanged), nameof(Badges), nameof(InboxCleared), nameof(InboxReady), .. Enum.GetNames<ConnectionState>(),
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="update">The change.</param>
    /// <param name="inbox">The inbox with it.</param>
    /// <param name="myId">The user: their own messages and marks have other names than their peer's.</param>
    public static string Of(Update update, InboxState inbox, string myId) => update switch
    {
        RequestUpdate { Request: { State: RequestState.Accepted } } => nameof(RequestAccepted),
        RequestUpdate { Request: { Direction: RequestDirection.Incoming } } => nameof(RequestReceived),
        RequestUpdate => nameof(RequestChanged),
        RequestRemovedUpdate => nameof(RequestRemoved),
        MessageUpdate { Message: var message } when message.SenderId == myId => MessageSent,

        // The text of an accepted request is its first message, and was seen as a request.
        MessageUpdate { Message: var message } when inbox.Conversations.TryGetValue(message.ConversationId, out var chat) && message.Seq <= chat.SeenSeq =>
            nameof(ConversationChanged),
        MessageUpdate => nameof(MessageReceived),
        MessageChangedUpdate => nameof(MessageChanged),
        SeenUpdate e when e.SeenBy != myId => nameof(MessagesSeen),
        SeenUpdate or ConversationUpdate => nameof(ConversationChanged),
        BlockUpdate => nameof(BlockChanged),
        MeUpdate => nameof(MeChanged),
        TypingUpdate => nameof(Typing),
        PresenceUpdate => nameof(PresenceChanged),
        BadgesUpdate => nameof(Badges),
        InboxCleared => nameof(InboxCleared),
        _ => nameof(InboxReady),
    };
}
