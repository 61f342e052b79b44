namespace ChatHub.Contracts;

/// <summary>A text that a message of the user had before they edited or removed it, while the server keeps it for reports.</summary>
public sealed record ExportEarlierText
{
    /// <summary>The conversation's id.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The message's seq.</summary>
    public required long Seq { get; init; }

    /// <summary>The text as it was.</summary>
    public required string Text { get; init; }

    /// <summary>When it was replaced.</summary>
    public required DateTimeOffset ReplacedAt { get; init; }
}
