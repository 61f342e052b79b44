namespace ChatHub.Contracts;

/// <summary>The numbers behind the red dot, which shows while any but <see cref="FilteredRequests"/> is above 0.</summary>
public sealed record Badges
{
    /// <summary>Requests in the folder.</summary>
    public long PendingRequests { get; init; }

    /// <summary>Requests in the folder filtered.</summary>
    public long FilteredRequests { get; init; }

    /// <summary>Conversations with unread messages.</summary>
    public long UnreadConversations { get; init; }

    /// <summary>Unread messages in all conversations.</summary>
    public long UnreadMessages { get; init; }
}
