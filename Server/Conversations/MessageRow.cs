using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>A row of messages.</summary>
public sealed record MessageRow
{
    public long Seq { get; init; }
    public long SenderKey { get; init; }
    public long SenderCount { get; init; }
    public string ClientId { get; init; } = "";
    public string Text { get; init; } = "";
    public long SentAt { get; init; }

    /// <param name="conversationId">The id outside.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="peer">The other one.</param>
    /// <param name="seenSeq">How far the viewer has seen.</param>
    /// <param name="peerShownSeq">How far the peer has shown to have seen.</param>
    public Message ToContract(string conversationId, UserRef viewer, UserRef peer, long seenSeq, long peerShownSeq)
    {
        var isOwn = SenderKey == viewer.Key;
        return new()
        {
            ConversationId = conversationId,
            Seq = Seq,
            SenderId = isOwn ? viewer.Id : peer.Id,
            ClientId = ClientId,
            Text = Text,
            SentAt = DateTimeOffset.FromUnixTimeMilliseconds(SentAt),
            Status = SeenRules.Status(Seq, isOwn, seenSeq, peerShownSeq),
        };
    }
}
