using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>A conversation that holds expired messages, with its two users.</summary>
public sealed record ExpiringChat
{
    public long ConversationKey { get; init; }
    public string ConversationId { get; init; } = "";
    public long LowKey { get; init; }
    public string LowId { get; init; } = "";
    public long HighKey { get; init; }
    public string HighId { get; init; } = "";

    /// <summary>Both, in the order in which their versions are taken.</summary>
    public IEnumerable<UserRef> Users => [new(LowKey, LowId), new(HighKey, HighId)];
}
