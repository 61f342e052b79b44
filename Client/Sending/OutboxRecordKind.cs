namespace ChatHub.Client.Sending;

/// <summary>What a line of the outbox's file records.</summary>
internal enum OutboxRecordKind
{
    Added,
    Attempted,
    Done,
}
