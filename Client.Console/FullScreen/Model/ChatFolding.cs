using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>A conversation after one more update.</summary>
internal static class ChatFolding
{
    public static Conversation Added(Conversation chat, MessageUpdate e) => e.Message.Seq < chat.LastSeq
        ? chat
        : chat with
        {
            LastSeq = e.Message.Seq,
            LastMessage = e.Message,
            UnreadCount = e.UnreadCount ?? chat.UnreadCount,
            UpdatedAt = e.Message.SentAt,
        };

    public static Conversation Seen(Conversation chat, SeenUpdate e, string? myId)
    {
        if (e.SeenBy == myId)
            return chat with { SeenSeq = Math.Max(chat.SeenSeq, e.Seq), UnreadCount = e.UnreadCount };

        var last = chat.LastMessage is { } message && message.SenderId == myId && message.Seq <= e.Seq
            ? message with { Status = MessageStatus.Seen }
            : chat.LastMessage;
        return chat with { PeerSeenSeq = Math.Max(chat.PeerSeenSeq, e.Seq), LastMessage = last };
    }
}
