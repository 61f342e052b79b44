using ChatHub.Contracts;

namespace ChatHub.Terminal.Rendering;

/// <summary>Messages and chats as lines.</summary>
internal static class MessageText
{
    public static Line Of(Message message, string peer, string myId) => message switch
    {
        _ when message.SenderId != myId => $"#{message.Seq} {peer}: {Body(message)}",
        { Status: MessageStatus.Seen } => Seen(message),
        _ => new Line(new Span($"#{message.Seq} you: {Body(message)} ✓ sent", Tone.Blue)),
    };

    /// <summary>What a message says: its text, what it answers, that it was changed, the reactions to it.</summary>
    public static string Body(Message message)
    {
        if (message.RemovedAt is not null)
            return "(removed)";
        var reply = message.ReplyToSeq is { } seq ? $"↪ #{seq} " : "";
        var edited = message.EditedAt is null ? "" : " (edited)";
        var reactions = message.Reactions is { Count: > 0 } all ? $" [{string.Join(' ', all.Select(reaction => reaction.Emoji))}]" : "";
        return $"{reply}{message.Text}{edited}{reactions}";
    }

    /// <summary>A message that was changed after it was printed.</summary>
    public static Line Changed(Message message, string peer, string myId) => new([new Span("changed: ", Tone.Muted), .. Of(message, peer, myId).Spans]);

    /// <summary>The user's own message, now seen.</summary>
    public static Line Seen(Message message) =>
        new(new Span($"#{message.Seq} you: {Body(message)} ✓✓ seen", Tone.Green));

    /// <summary>For messages in a chat that is not open.</summary>
    public static Line SeenUpTo(string peer, long seq) =>
        new(new Span($"{peer} ✓✓ seen up to #{seq}", Tone.Green));

    /// <summary>A message in a chat that is not the open one.</summary>
    public static Line Elsewhere(Message message, string peer, string myId) => message.SenderId == myId
        ? new(new Span($"[{peer}] ", Tone.Muted), Of(message, peer, myId).Spans[0])
        : new Line(new Span("● ", Tone.Red), new Span($"message from {peer}: {Body(message)}"));

    /// <summary>A peer sends many messages: what the user can do.</summary>
    public static Line Flood(string peer) => new(new Span("● ", Tone.Red), new Span($"{peer} sends many messages · block {peer} stops them"));

    public static Line Chat(Conversation chat, string myId)
    {
        var last = chat.LastMessage is { } message ? Of(message, chat.Peer.Username, myId).Spans[0] : new Span(chat.LastSeq > 0 ? "no messages" : "no messages yet", Tone.Muted);
        var name = new Span($"{PeopleText.Name(chat.Peer)} · {Marks(chat)}");
        return chat.UnreadCount > 0
            ? new(new Span("● ", Tone.Red), name, new Span($"{chat.UnreadCount} unread · "), last)
            : new(name, last);
    }

    /// <summary>What the user set for a chat.</summary>
    public static string Marks(Conversation chat) => $"{(chat.IsPinned ? "pinned · " : "")}{(chat.MutedUntil is null ? "" : "muted · ")}";

    /// <summary>Whether a message came while its chat was muted: then it is not announced.</summary>
    public static bool IsMuted(Message message, Conversation chat) => message.SentAt < chat.MutedUntil;

    public static Line Opened(Conversation chat) => chat.State switch
    {
        ConversationState.YouBlocked => $"chat with {PeopleText.Name(chat.Peer)} · you blocked them",
        ConversationState.Unavailable => $"chat with {PeopleText.Name(chat.Peer)} · they cannot be messaged",
        _ => $"chat with {PeopleText.Name(chat.Peer)}",
    };
}
