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
}
