namespace ChatHub.Contracts;

/// <summary>A user's privacy settings.</summary>
public sealed record Settings
{
    /// <summary>Who may reach the user.</summary>
    public MessagingPolicy MessagingPolicy { get; init; } = MessagingPolicy.Everyone;

    /// <summary>Whether peers learn that the user has seen their messages.</summary>
    public bool SendSeenReceipts { get; init; } = true;

    /// <summary>Whether peers learn that the user is online.</summary>
    public bool ShowPresence { get; init; } = true;

    /// <summary>Requests with one of these words are filtered. Null in Sync, which leaves them out.</summary>
    public IReadOnlyList<string>? HiddenWords { get; init; }

    /// <summary>Requests of younger accounts are filtered.</summary>
    public int MinAccountAgeDays { get; init; }

    /// <summary>What a push notification shows.</summary>
    public PushContent PushContent { get; init; } = PushContent.Sender;
}
