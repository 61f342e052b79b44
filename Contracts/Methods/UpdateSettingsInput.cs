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

    /// <summary>0 to 200 words of 1 to 50 characters, 2,000 in all; they replace those before.</summary>
    public IReadOnlyList<string>? HiddenWords { get; init; }

    /// <summary>0 to 365.</summary>
    public int? MinAccountAgeDays { get; init; }

    /// <summary>What a push notification shows.</summary>
    public PushContent? PushContent { get; init; }
}
