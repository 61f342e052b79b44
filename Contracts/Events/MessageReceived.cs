namespace ChatHub.Contracts;

/// <summary>To the peer, and to the sender's other devices; with the conversation when it is new to that user.</summary>
public sealed record MessageReceived : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The message.</summary>
    public required Message Message { get; init; }

    /// <summary>The conversation, when it is new to the user.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>How many messages of the conversation the user has not seen.</summary>
    public required long UnreadCount { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
