namespace ChatHub.Server.Outbox;

/// <summary>An entry whose time has come, as far as is needed to decide what to do with it.</summary>
public sealed record DueEntry
{
    public string EntryId { get; init; } = "";
    public long Target { get; init; }
    public long UserKey { get; init; }
    public string UserId { get; init; } = "";
    public OutboxEventType Event { get; init; }
    public long OccurredAt { get; init; }
}
