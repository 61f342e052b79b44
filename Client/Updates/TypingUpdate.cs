namespace ChatHub.Client;

/// <summary>A peer is typing; shown for 5 seconds. Live only.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="UserId">The peer.</param>
public sealed record TypingUpdate(string ConversationId, string UserId) : Update;
