using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations.Idempotency;

/// <summary>What a clientId stands for: a request, or a message.</summary>
public sealed record IdempotencyRow
{
    /// <summary>The request, or the message's conversation.</summary>
    public required long TargetKey { get; init; }

    /// <summary>The message; 0 for a request.</summary>
    public required long Seq { get; init; }

    public long? RequestKey => Seq == 0 ? TargetKey : null;
    public long? ConversationKey => Seq == 0 ? null : TargetKey;

    /// <summary>From the first two columns.</summary>
    internal static IdempotencyRow Read(IColumnReader row) => new() { TargetKey = row.Number(0), Seq = row.Number(1) };
}
