namespace ChatHub.Contracts;

/// <summary>The input of ListConversations.</summary>
public sealed record ListConversationsInput : PageInput
{
    /// <summary>Whether to list the archived conversations; those that are not by default.</summary>
    public bool? Archived { get; init; }
}
