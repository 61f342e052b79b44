using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// One thing that an application is told by <see cref="ChatHubMessenger.Updates"/>: what its user would see change.
/// Applied one after the other, updates always give the server's state, whichever way they came: as live events, as
/// answers of the application's own calls, or by catching up after a time without a connection.
/// </summary>
public abstract record Update;

/// <summary>Forget everything: what follows builds it anew. The first update of all, and again after the server's data was restored.</summary>
public sealed record InboxCleared : Update;

/// <summary>The picture is complete: it was the server's state a moment ago. After <see cref="InboxCleared"/>, and after each catching up.</summary>
public sealed record InboxReady : Update;

/// <summary>The user's profile, settings, badges or ban, as they now are.</summary>
public sealed record MeUpdate(Me Me) : Update;

/// <summary>The numbers behind the red dot, as they now are.</summary>
public sealed record BadgesUpdate(Badges Badges) : Update;

/// <summary>A conversation as it now is: a new one, or one of which anything but its messages has changed.</summary>
public sealed record ConversationUpdate(Conversation Conversation) : Update;

/// <summary>A new message, the user's own included: each once, and in each conversation by seq without a gap.</summary>
/// <param name="Message">The message.</param>
/// <param name="UnreadCount">How many of the conversation's messages are unread now; null where a <see cref="ConversationUpdate"/> before has told it.</param>
public sealed record MessageUpdate(Message Message, long? UnreadCount) : Update;

/// <summary>
/// Everything up to a seq has been seen: by the peer, so that the user's own messages turn from blue to green; or by the
/// user, here or on another device.
/// </summary>
public sealed record SeenUpdate(string ConversationId, string SeenBy, long Seq, DateTimeOffset At, long UnreadCount) : Update;

/// <summary>A request, incoming or outgoing, as it now is.</summary>
public sealed record RequestUpdate(Request Request) : Update;

/// <summary>A request has left the user's folder.</summary>
public sealed record RequestRemovedUpdate(string RequestId) : Update;

/// <summary>The user has blocked or unblocked somebody, here or on another device. Told live only: catching up does not repeat it.</summary>
public sealed record BlockUpdate(string UserId, bool YouBlocked) : Update;

/// <summary>Somebody is typing; shown for 5 seconds. Told live only.</summary>
public sealed record TypingUpdate(string ConversationId, string UserId) : Update;

/// <summary>Somebody came or went. Told live only.</summary>
public sealed record PresenceUpdate(string UserId, bool IsOnline) : Update;
