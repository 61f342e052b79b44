namespace ChatHub.Contracts;

/// <summary>Who somebody is, as of reading. A removed account reads "Removed user".</summary>
public sealed record UserCard
{
    public required string UserId { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }
    public string? AvatarUrl { get; init; }
    public bool IsVerified { get; init; }
}

/// <summary>A <see cref="UserCard"/> with all that a profile page shows, the message button included.</summary>
public sealed record Profile
{
    public required string UserId { get; init; }
    public required string Username { get; init; }
    public required string DisplayName { get; init; }
    public string? AvatarUrl { get; init; }
    public bool IsVerified { get; init; }
    public string? Bio { get; init; }
    public long FollowerCount { get; init; }
    public long FollowingCount { get; init; }
    public bool YouFollow { get; init; }
    public bool FollowsYou { get; init; }
    public bool YouBlocked { get; init; }

    /// <summary>Only between people with an open chat who both show their presence.</summary>
    public bool? IsOnline { get; init; }
    public DateTimeOffset? LastSeenAt { get; init; }
    public required MessageButton MessageButton { get; init; }
}

/// <summary>What OpenConversation would answer, as a button.</summary>
public sealed record MessageButton
{
    public required ButtonState State { get; init; }

    /// <summary>The sentence of a greyed-out button; with <see cref="ButtonState.Notice"/> only.</summary>
    public string? Notice { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>The waiting request; with <see cref="ButtonState.Respond"/> (theirs) and <see cref="ButtonState.Pending"/> (one's own).</summary>
    public string? RequestId { get; init; }
}

public enum ButtonState
{
    /// <summary>A conversation is open, or opens without asking.</summary>
    Message,
    /// <summary>A message request has to be accepted first.</summary>
    Request,
    /// <summary>One's own request waits for an answer.</summary>
    Pending,
    /// <summary>Their request waits in one's own folder.</summary>
    Respond,
    /// <summary>Greyed out, with its sentence.</summary>
    Notice,
    Hidden,
}

/// <summary>A user's privacy settings.</summary>
public sealed record Settings
{
    public MessagingPolicy MessagingPolicy { get; init; } = MessagingPolicy.Everyone;
    public bool SendSeenReceipts { get; init; } = true;
    public bool ShowPresence { get; init; } = true;

    /// <summary>Requests with one of these words are filtered. Null in Sync, which leaves them out.</summary>
    public IReadOnlyList<string>? HiddenWords { get; init; }

    /// <summary>Requests of younger accounts are filtered.</summary>
    public int MinAccountAgeDays { get; init; }

    /// <summary>What a push notification shows.</summary>
    public PushContent PushContent { get; init; } = PushContent.Sender;
}

/// <summary>What a push notification shows of a request or a message.</summary>
public enum PushContent
{
    Nothing,
    Sender,
    Text,
}

/// <summary>Whom a user takes messages from.</summary>
public enum MessagingPolicy
{
    /// <summary>Anybody may send a request.</summary>
    Everyone,
    /// <summary>Only people the user follows reach them.</summary>
    Following,
    /// <summary>Messaging is off, both ways, existing chats included.</summary>
    Nobody,
}

/// <summary>The numbers behind the red dot, which shows while any but <see cref="FilteredRequests"/> is above 0.</summary>
public sealed record Badges
{
    public long PendingRequests { get; init; }
    public long FilteredRequests { get; init; }
    public long UnreadConversations { get; init; }
    public long UnreadMessages { get; init; }
}

/// <summary>The caller, as the caller alone sees it.</summary>
public sealed record Me
{
    public required UserCard User { get; init; }
    public string? Bio { get; init; }
    public required Settings Settings { get; init; }
    public required Badges Badges { get; init; }

    /// <summary>Names the database's life; another epoch means that everything cached is void.</summary>
    public required string Epoch { get; init; }
    public long Version { get; init; }
    public bool IsBanned { get; init; }
    public DateTimeOffset? BannedUntil { get; init; }
    public string? BanReason { get; init; }
    public int RequestsLeftToday { get; init; }
}
