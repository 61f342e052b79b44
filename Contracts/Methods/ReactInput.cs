namespace ChatHub.Contracts;

/// <summary>The input of React.</summary>
public sealed record ReactInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>A message of either side.</summary>
    public long? Seq { get; init; }

    /// <summary>One RGI emoji sequence of UTS #51, at most 64 bytes of UTF-8; none takes the caller's reaction away.</summary>
    public string? Emoji { get; init; }
}
