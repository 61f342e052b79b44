namespace ChatHub.Contracts;

/// <summary>Not stored; shown for 5 seconds.</summary>
public sealed record Typing
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Who is typing.</summary>
    public required string UserId { get; init; }
}
