using ChatHub.Contracts;

namespace ChatHub.Terminal.Rendering;

/// <summary>Messages and chats as lines.</summary>
internal static class MessageText
{
    public static Line Of(Message message, string peer, string myId) => message switch
    {
        _ when message.SenderId != myId => $"#{message.Seq} {peer}: {message.Text}",
        { Status: MessageStatus.Seen } => Seen(message),
        _ => new Line(new Span($"#{message.Seq} you: {message.Text} ✓ sent", Tone.Blue)),
    };

    /// <summary>The user's own message, now seen.</summary>
    public static Line Seen(Message message) =>
        new(new Span($"#{message.Seq} you: {message.Text} ✓✓ seen", Tone.Green));

    /// <summary>For messages in a chat that is not open.</summary>
    public static Line SeenUpTo(string peer, long seq) =>
        new(new Span($"{peer} ✓✓ seen up to #{seq}", Tone.Green));

    /// <summary>A message in a chat that is not the open one.</summary>
    public static Line Elsewhere(Message message, string peer, string myId) => message.SenderId == myId
        ? new(new Span($"[{peer}] ", Tone.Muted), Of(message, peer, myId).Spans[0])
        : new Line(new Span("● ", Tone.Red), new Span($"message from {peer}: {message.Text}"));

    /// <summary>A peer sends many messages: what the user can do.</summary>
    public static Line Flood(string peer) => new(new Span("● ", Tone.Red), new Span($"{peer} sends many messages · block {peer} stops them"));

    public static Line Chat(Conversation chat, string myId)
    {
        var last = chat.LastMessage is { } message ? Of(message, chat.Peer.Username, myId).Spans[0] : new Span("no messages yet", Tone.Muted);
        var name = new Span($"{PeopleText.Name(chat.Peer)} · ");
        return chat.UnreadCount > 0
            ? new(new Span("● ", Tone.Red), name, new Span($"{chat.UnreadCount} unread · "), last)
            : new(name, last);
    }

    public static Line Opened(Conversation chat) => chat.State switch
    {
        ConversationState.YouBlocked => $"chat with {PeopleText.Name(chat.Peer)} · you blocked them",
        ConversationState.Unavailable => $"chat with {PeopleText.Name(chat.Peer)} · they cannot be messaged",
        _ => $"chat with {PeopleText.Name(chat.Peer)}",
    };
}
