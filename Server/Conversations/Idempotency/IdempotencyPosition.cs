namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>Where a key is in the log.</summary>
public readonly record struct IdempotencyPosition
{
    public long Position { get; init; }
    public long KeyHash { get; init; }
}
