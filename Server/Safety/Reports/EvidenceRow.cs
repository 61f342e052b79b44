using ChatHub.Contracts;

namespace ChatHub.Server.Safety.Reports;

/// <summary>A copied request (with <see cref="RequestId"/>) or message (with the other two).</summary>
public sealed record EvidenceRow
{
    public string? RequestId { get; init; }
    public string? ConversationId { get; init; }
    public long? Seq { get; init; }
    public string SenderId { get; init; } = "";
    public string Text { get; init; } = "";
    public long SentAt { get; init; }

    /// <summary>Of a text that an edit or a removal replaced: when.</summary>
    public long? ReplacedAt { get; init; }

    /// <summary>What it is a copy of.</summary>
    public EvidenceSource Source => new(RequestId, ConversationId, Seq, Text);

    public ReportEvidence ToContract() => new()
    {
        RequestId = RequestId,
        ConversationId = ConversationId,
        Seq = Seq,
        SenderId = SenderId,
        Text = Text,
        SentAt = SentAt.ToInstant(),
        ReplacedAt = ReplacedAt.ToInstant(),
    };
}
