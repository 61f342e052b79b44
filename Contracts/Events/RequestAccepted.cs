namespace ChatHub.Contracts;

/// <summary>To the sender live, and to the accepter's other devices.</summary>
public sealed record RequestAccepted : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request in its present state.</summary>
    public required Request Request { get; init; }

    /// <summary>The conversation in its present state.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
