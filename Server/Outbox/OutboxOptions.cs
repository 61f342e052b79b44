using System.ComponentModel.DataAnnotations;

namespace ChatHub.Server.Outbox;

/// <summary>The settings under <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>How long a message waits for its recipient to connect before it is announced, in seconds.</summary>
    [Range(0, 3_600)]
    public int ConnectionWaitSeconds { get; set; } = 10;

    /// <summary>The wait before the second attempt, in seconds; it doubles with each one, up to 6 hours.</summary>
    [Range(1, 3_600)]
    public int RetrySeconds { get; set; } = 5;

    /// <summary>After so many attempts (about 3 days) a webhook's entry is a dead letter.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 23;

    /// <summary>How long an instance that was killed keeps the others from delivering, in seconds.</summary>
    [Range(1, 600)]
    public int LeaseSeconds { get; set; } = 15;

    public TimeSpan ConnectionWait => TimeSpan.FromSeconds(ConnectionWaitSeconds);
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>When an event is due at first. Who is connected has a message already; who connects within the wait gets it then.</summary>
    public long DueAt(OutboxEventType type, long occurredAt) =>
        type == OutboxEventType.MessageReceived ? occurredAt + (long)ConnectionWait.TotalMilliseconds : occurredAt;
}
