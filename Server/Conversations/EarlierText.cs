namespace ChatHub.Server.Conversations;

/// <summary>A text that a message had before an edit or a removal.</summary>
public sealed record EarlierText
{
    public long Seq { get; init; }
    public long SenderKey { get; init; }
    public long SentAt { get; init; }
    public string Text { get; init; } = "";
    public long ReplacedAt { get; init; }
}
