using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>A new message, the user's own included: each once, and in each conversation by seq without a gap.</summary>
/// <param name="Message">The message.</param>
/// <param name="UnreadCount">How many messages of the conversation are unread now; null where the <see cref="ConversationUpdate"/> before carries the number.</param>
public sealed record MessageUpdate(Message Message, long? UnreadCount) : Update;
