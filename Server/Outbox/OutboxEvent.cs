using ChatHub.Contracts;

namespace ChatHub.Server.Outbox;

/// <summary>What a change has to announce.</summary>
/// <param name="Type">What happened.</param>
/// <param name="User">Whom it concerns: the recipient, the reported, the banned or the erased user. Their entries are delivered in order.</param>
public readonly record struct OutboxEvent(OutboxEventType Type, long User)
{
    /// <summary>Who sent or accepted it.</summary>
    public long? Peer { get; init; }
    public long? Request { get; init; }
    public long? Conversation { get; init; }
    public long? Seq { get; init; }

    /// <summary>The folder of a received request; null: it is suppressed, and nothing is delivered.</summary>
    public RequestFolder? Folder { get; init; }
    public string? ReportId { get; init; }
    public long? BannedUntil { get; init; }

    /// <summary>The user may have push subscriptions.</summary>
    public bool HasPush { get; init; }
}
