namespace ChatHub.Client;

/// <summary>What a <see cref="ChatHubMessenger"/> needs to know beyond the connection.</summary>
public sealed class ChatHubMessengerOptions : ChatHubClientOptions
{
    /// <summary>
    /// Where messages that have not arrived yet are kept over restarts; one file for each user. None: they are kept in
    /// memory only.
    /// </summary>
    public string? OutboxFile { get; init; }

    /// <summary>How many messages may wait in the outbox.</summary>
    public int OutboxCapacity { get; init; } = 10_000;

    /// <summary>
    /// Whether messages that the user has not seen when the messenger starts are told as new. For a program that marks as
    /// seen what it has dealt with: it then misses nothing while it is not running.
    /// </summary>
    public bool ReplayUnseen { get; init; }
}
