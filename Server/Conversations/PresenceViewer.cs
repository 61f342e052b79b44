namespace ChatHub.Server.Conversations;

/// <summary>Who may see a user's presence.</summary>
public sealed record PresenceViewer
{
    /// <summary>Of their chat with the user.</summary>
    public long ConversationKey { get; init; }

    public string UserId { get; init; } = "";
}
