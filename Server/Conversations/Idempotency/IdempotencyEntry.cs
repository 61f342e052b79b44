namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>A row of the log.</summary>
public readonly record struct IdempotencyEntry
{
    public long Position { get; init; }
    public long UsedOn { get; init; }
    public long KeyHash { get; init; }
    public long SenderKey { get; init; }
    public long TargetKey { get; init; }
    public long Seq { get; init; }
}
