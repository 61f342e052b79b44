namespace ChatHub.Server.Conversations;

/// <summary>What a clientId stands for: a request, or a message.</summary>
public sealed record IdempotencyRow
{
    public long? RequestKey { get; init; }
    public long? ConversationKey { get; init; }
    public long? Seq { get; init; }
}
