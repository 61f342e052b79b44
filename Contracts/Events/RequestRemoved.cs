namespace ChatHub.Contracts;

/// <summary>The recipient's view: it left main, filtered or accepted, or ended while in deleted.</summary>
public sealed record RequestRemoved : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request that left the folder.</summary>
    public required string RequestId { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
