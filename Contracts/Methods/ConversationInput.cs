namespace ChatHub.Contracts;

/// <summary>The input of methods about one conversation.</summary>
public sealed record ConversationInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }
}
