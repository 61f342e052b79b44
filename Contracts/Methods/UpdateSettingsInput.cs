namespace ChatHub.Contracts;

/// <summary>What is absent stays as it is.</summary>
public sealed record UpdateSettingsInput
{
    /// <summary>Who may reach the user.</summary>
    public MessagingPolicy? MessagingPolicy { get; init; }

    /// <summary>Whether peers learn that the user has seen their messages.</summary>
    public bool? SendSeenReceipts { get; init; }

    /// <summary>Whether peers learn that the user is online.</summary>
    public bool? ShowPresence { get; init; }
}
