using ChatHub.Contracts;

namespace ChatHub.Server.Safety;

/// <summary>A piece of evidence on its way into, or out of, a report.</summary>
public sealed record EvidenceRow
{
    public string? RequestId { get; init; }
    public string? ConversationId { get; init; }
    public long? Seq { get; init; }
    public string SenderId { get; init; } = "";
    public string Text { get; init; } = "";
    public long SentAt { get; init; }

    public ReportEvidence ToContract() => new()
    {
        RequestId = RequestId,
        ConversationId = ConversationId,
        Seq = Seq,
        SenderId = SenderId,
        Text = Text,
        SentAt = DateTimeOffset.FromUnixTimeMilliseconds(SentAt),
    };
}
