namespace ChatHub.Contracts;

/// <summary>A user's identity, as of reading. A removed account reads "Removed user".</summary>
public sealed record UserCard
{
    /// <summary>The opaque id.</summary>
    public required string UserId { get; init; }

    /// <summary>The unique username, lower-case where the account was made here.</summary>
    public required string Username { get; init; }

    /// <summary>The display name, 1 to 50 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The picture's address: a path on the server's origin, or the host application's own URL. Null without a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Whether the host application has verified the user.</summary>
    public bool IsVerified { get; init; }
}

/// <summary>A <see cref="UserCard"/> with all that a profile page shows, the message button included.</summary>
public sealed record Profile
{
    /// <summary>The user's id.</summary>
    public required string UserId { get; init; }

    /// <summary>The unique username, lower-case where the account was made here.</summary>
    public required string Username { get; init; }

    /// <summary>The display name, 1 to 50 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The picture's address: a path on the server's origin, or the host application's own URL. Null without a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Whether the host application has verified the user.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The profile text, up to 160 characters; null when empty.</summary>
    public string? Bio { get; init; }

    /// <summary>How many users follow this one.</summary>
    public long FollowerCount { get; init; }

    /// <summary>How many users this one follows.</summary>
    public long FollowingCount { get; init; }

    /// <summary>Whether the caller follows the user.</summary>
    public bool YouFollow { get; init; }

    /// <summary>Whether the user follows the caller.</summary>
    public bool FollowsYou { get; init; }

    /// <summary>Whether the caller blocks the user.</summary>
    public bool YouBlocked { get; init; }

    /// <summary>Only between people with an open chat who both show their presence.</summary>
    public bool? IsOnline { get; init; }

    /// <summary>When the user was last online, under the same conditions as <see cref="IsOnline"/>.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What the caller can do to message the user.</summary>
    public required MessageButton MessageButton { get; init; }
}

/// <summary>What OpenConversation would return, as a button.</summary>
public sealed record MessageButton
{
    /// <summary>What the button does.</summary>
    public required ButtonState State { get; init; }

    /// <summary>The sentence of a greyed-out button; with <see cref="ButtonState.Notice"/> only.</summary>
    public string? Notice { get; init; }

    /// <summary>The open conversation; with <see cref="ButtonState.Message"/>, where there is one.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The waiting request; with <see cref="ButtonState.Respond"/> (theirs) and <see cref="ButtonState.Pending"/> (the caller's own).</summary>
    public string? RequestId { get; init; }
}

/// <summary>What a profile's message button does.</summary>
public enum ButtonState
{
    /// <summary>A conversation is open, or opens without a request.</summary>
    Message,

    /// <summary>A message request has to be accepted first.</summary>
    Request,

    /// <summary>The caller's own request is pending.</summary>
    Pending,

    /// <summary>Their request is in the caller's folder.</summary>
    Respond,

    /// <summary>Greyed out, with its sentence.</summary>
    Notice,

    /// <summary>No button: oneself, a blocked user, or a user who cannot be messaged.</summary>
    Hidden,
}

/// <summary>A user's privacy settings.</summary>
public sealed record Settings
{
    /// <summary>Who may reach the user.</summary>
    public MessagingPolicy MessagingPolicy { get; init; } = MessagingPolicy.Everyone;

    /// <summary>Whether peers learn that the user has seen their messages.</summary>
    public bool SendSeenReceipts { get; init; } = true;

    /// <summary>Whether peers learn that the user is online.</summary>
    public bool ShowPresence { get; init; } = true;
}

/// <summary>Whom a user takes messages from.</summary>
public enum MessagingPolicy
{
    /// <summary>Everyone may send a request.</summary>
    Everyone,

    /// <summary>Only people the user follows reach them.</summary>
    Following,

    /// <summary>Messaging is off, both ways, existing chats included.</summary>
    Nobody,
}

/// <summary>The numbers behind the red dot, which shows while any is above 0.</summary>
public sealed record Badges
{
    /// <summary>Requests in the folder.</summary>
    public long PendingRequests { get; init; }

    /// <summary>Conversations with unread messages.</summary>
    public long UnreadConversations { get; init; }

    /// <summary>Unread messages in all conversations.</summary>
    public long UnreadMessages { get; init; }
}

/// <summary>The caller, as the caller alone sees it.</summary>
public sealed record Me
{
    /// <summary>The user's card.</summary>
    public required UserCard User { get; init; }

    /// <summary>The profile text, up to 160 characters; null when empty.</summary>
    public string? Bio { get; init; }

    /// <summary>The privacy settings.</summary>
    public required Settings Settings { get; init; }

    /// <summary>The numbers behind the red dot.</summary>
    public required Badges Badges { get; init; }

    /// <summary>The database's epoch, renewed when a backup is restored: another one means that everything cached is invalid.</summary>
    public required string Epoch { get; init; }

    /// <summary>The user's version: every change of their inbox raises it by 1.</summary>
    public long Version { get; init; }

    /// <summary>Whether the user is banned from messaging.</summary>
    public bool IsBanned { get; init; }

    /// <summary>When the ban ends; null until it is lifted.</summary>
    public DateTimeOffset? BannedUntil { get; init; }

    /// <summary>The moderator's reason; null if none was given.</summary>
    public string? BanReason { get; init; }

    /// <summary>How many requests the user may still send within the current 24 hours.</summary>
    public int RequestsLeftToday { get; init; }
}
