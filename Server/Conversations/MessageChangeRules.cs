using ChatHub.Contracts;

namespace ChatHub.Server.Conversations;

/// <summary>
/// What an edit, a removal or a reaction makes of a message: its new row, the same row where nothing is left to do, or a
/// refusal. A caller who repeats a call that was carried out gets its result, whatever happened since. Pure.
/// </summary>
public static class MessageChangeRules
{
    public static readonly TimeSpan EditTime = TimeSpan.FromMinutes(Limits.EditMinutes);

    /// <summary>An own message that the caller sees, within 15 minutes of sending.</summary>
    public static MessageRow Edit(MessageRow? message, ChatFacts chat, long caller, string text, long now)
    {
        var own = Own(message, caller, mayBeCleared: false, chat);
        if (own.Text == text)
            return own;
        if (chat.Restrictions.Refusal() is { } refusal)
            throw refusal;
        if (own.RemovedAt is not null || now > own.SentAt + (long)EditTime.TotalMilliseconds)
            throw Errors.EditClosed();
        return own with { Text = text, EditedAt = now };
    }

    /// <summary>An own message, also one that the caller has cleared; whatever stands between the two sides.</summary>
    public static MessageRow Remove(MessageRow? message, ChatFacts chat, long caller, long now)
    {
        var own = Own(message, caller, mayBeCleared: true, chat);
        return own.RemovedAt is null ? own with { Text = "", RemovedAt = now, SenderEmoji = null, PeerEmoji = null } : own;
    }

    /// <param name="message">Of either side; one that the caller sees.</param>
    /// <param name="chat">Its conversation.</param>
    /// <param name="caller">Who reacts.</param>
    /// <param name="emoji">Null takes the reaction away.</param>
    public static MessageRow React(MessageRow? message, ChatFacts chat, long caller, string? emoji)
    {
        if (message is null || !chat.Shows(message.Seq))
            throw Errors.InvalidArgument("seq must be a message of this conversation.");
        var isOwn = message.SenderKey == caller;
        if ((isOwn ? message.SenderEmoji : message.PeerEmoji) == emoji)
            return message;
        if (chat.Restrictions.Refusal() is { } refusal)
            throw refusal;
        if (message.RemovedAt is not null)
            throw Errors.EditClosed();
        return isOwn ? message with { SenderEmoji = emoji } : message with { PeerEmoji = emoji };
    }

    private static MessageRow Own(MessageRow? message, long caller, bool mayBeCleared, ChatFacts chat) =>
        message is not null && message.SenderKey == caller && (mayBeCleared || chat.Shows(message.Seq))
            ? message
            : throw Errors.InvalidArgument("seq must be a message of yours in this conversation.");
}
