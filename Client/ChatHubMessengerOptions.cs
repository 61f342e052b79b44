namespace ChatHub.Client;

/// <summary>What a <see cref="ChatHubMessenger"/> needs beyond the connection.</summary>
public sealed class ChatHubMessengerOptions : ChatHubClientOptions
{
    /// <summary>
    /// A file for unsent messages, so that they survive the process; one file per user. Null: they are kept in memory only.
    /// </summary>
    public string? OutboxFile { get; init; }

    /// <summary>How many messages may wait in the outbox; 10,000 by default.</summary>
    public int OutboxCapacity { get; init; } = 10_000;

    /// <summary>
    /// Whether messages that the user has not seen when the messenger starts are delivered as new. For a program that calls
    /// MarkSeen for what it has processed: it then misses nothing while it is not running.
    /// </summary>
    public bool ReplayUnseen { get; init; }
}
