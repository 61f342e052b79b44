namespace ChatHub.Client;

/// <summary>
/// Everything up to a seq was seen: by the peer, so that the user's own messages turn from blue to green; or by the user,
/// here or on another device.
/// </summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="SeenBy">The reader's user id.</param>
/// <param name="Seq">The highest seq that was seen.</param>
/// <param name="At">When.</param>
/// <param name="UnreadCount">How many messages of the conversation the user has not seen.</param>
public sealed record SeenUpdate(string ConversationId, string SeenBy, long Seq, DateTimeOffset At, long UnreadCount) : Update;
