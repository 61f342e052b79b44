using ChatHub.Contracts;

namespace ChatHub.Server.Changes;

/// <summary>A user's version and badges.</summary>
public sealed record Inbox
{
    public long UserKey { get; init; }
    public long Version { get; init; }
    public long PendingRequests { get; init; }
    public long FilteredRequests { get; init; }
    public long UnreadConversations { get; init; }
    public long UnreadMessages { get; init; }

    public Badges Badges() => new()
    {
        PendingRequests = PendingRequests,
        FilteredRequests = FilteredRequests,
        UnreadConversations = UnreadConversations,
        UnreadMessages = UnreadMessages,
    };
}
