namespace ChatHub.Contracts;

/// <summary>To the blocker's own devices only: the blocked side is not notified.</summary>
public sealed record BlockChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The other user.</summary>
    public required string UserId { get; init; }

    /// <summary>Whether the user blocks them now.</summary>
    public required bool YouBlocked { get; init; }

    /// <summary>The conversation with them, if there is one.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>The user's own request to them that the block withdrew.</summary>
    public Request? WithdrawnRequest { get; init; }

    /// <summary>Their requests that the block removed.</summary>
    public required IReadOnlyList<string> RemovedRequestIds { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
