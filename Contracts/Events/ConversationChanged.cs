namespace ChatHub.Contracts;

/// <summary>A conversation was opened, or anything but its messages changed.</summary>
public sealed record ConversationChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The conversation in its present state.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
