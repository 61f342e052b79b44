namespace ChatHub.Server.Outbox;

/// <summary>A place that entries are delivered to.</summary>
public interface IOutboxChannel
{
    /// <summary>See <see cref="OutboxChannels"/>.</summary>
    long Number { get; }

    /// <summary>For the log; discloses no address.</summary>
    string Name { get; }

    /// <summary>How many deliveries run at once.</summary>
    int Concurrency { get; }

    /// <summary>After so many attempts an entry is given up.</summary>
    int MaxAttempts { get; }

    /// <summary>Whether what was given up is kept as a dead letter.</summary>
    bool KeepsDeadLetters { get; }

    /// <summary>Whether such an event is dropped if its user has a connection that answers.</summary>
    bool SkipsConnected(OutboxEventType type);

    /// <summary>Delivers one entry; what goes wrong is its result. Cancelled when another instance may have the lease.</summary>
    Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellation);
}
