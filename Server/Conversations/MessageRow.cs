using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Conversations;

/// <summary>A row of messages, with what became of it since.</summary>
public sealed record MessageRow
{
    public long Seq { get; init; }
    public long SenderKey { get; init; }
    public long SenderCount { get; init; }
    public string ClientId { get; init; } = "";
    public string Text { get; init; } = "";
    public long SentAt { get; init; }
    public long? ReplyToSeq { get; init; }

    /// <summary>The number of its latest change; 0 while it is as it was sent.</summary>
    public long Change { get; init; }
    public long? EditedAt { get; init; }
    public long? RemovedAt { get; init; }
    public string? SenderEmoji { get; init; }
    public string? PeerEmoji { get; init; }

    /// <summary>Whether the text is no longer the one that was sent.</summary>
    public bool IsTextChanged => EditedAt is not null || RemovedAt is not null;

    /// <summary>For its sender who has cleared it: that it was sent, and nothing of what was said or made of it.</summary>
    public MessageRow WithoutContent() => this with { Text = "", SenderEmoji = null, PeerEmoji = null };

    /// <param name="conversationId">The id outside.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="peer">The other one.</param>
    /// <param name="seenSeq">How far the viewer has seen.</param>
    /// <param name="peerShownSeq">How far the peer has shown to have seen.</param>
    public Message ToContract(string conversationId, UserRef viewer, UserRef peer, long seenSeq, long peerShownSeq)
    {
        var isOwn = SenderKey == viewer.Key;
        var (sender, receiver) = isOwn ? (viewer, peer) : (peer, viewer);
        return new()
        {
            ConversationId = conversationId,
            Seq = Seq,
            SenderId = sender.Id,
            ClientId = isOwn ? ClientId : null,
            Text = Text,
            SentAt = SentAt.ToInstant(),
            Status = SeenRules.Status(Seq, isOwn, seenSeq, peerShownSeq),
            Change = Change,
            EditedAt = EditedAt.ToInstant(),
            RemovedAt = RemovedAt.ToInstant(),
            ReplyToSeq = ReplyToSeq,
            Reactions = SenderEmoji is null && PeerEmoji is null ? null : [.. Reaction(sender, SenderEmoji), .. Reaction(receiver, PeerEmoji)],
        };
    }

    private static IEnumerable<Reaction> Reaction(UserRef user, string? emoji) =>
        emoji is null ? [] : [new() { UserId = user.Id, Emoji = emoji }];
}
