namespace ChatHub.Contracts;

/// <summary>To the recipient's own devices: a deleted request is back in the folder that it arrived in.</summary>
public sealed record RequestRestored : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The request.</summary>
    public required Request Request { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
