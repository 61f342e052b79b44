namespace ChatHub.Server.Conversations;

/// <summary>The other side of one of a user's chats.</summary>
public sealed record PresenceViewer
{
    public long ConversationKey { get; init; }

    public string UserId { get; init; } = "";

    /// <summary>Whether they may see the user's presence.</summary>
    public bool IsShown { get; init; }
}
