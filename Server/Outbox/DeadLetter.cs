namespace ChatHub.Server.Outbox;

/// <summary>An entry that was given up.</summary>
public sealed record DeadLetter
{
    public long EntryKey { get; init; }
    public string EntryId { get; init; } = "";
    public long Channel { get; init; }
    public OutboxEventType Event { get; init; }
    public string UserId { get; init; } = "";
    public long OccurredAt { get; init; }
    public long DiedAt { get; init; }
    public int Attempts { get; init; }
    public string? LastError { get; init; }
}
