namespace ChatHub.Contracts;

/// <summary>To the recipient's own devices: many were deleted at once.</summary>
public sealed record RequestsRemoved : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The requests that were deleted.</summary>
    public required IReadOnlyList<string> RequestIds { get; init; }

    /// <summary>The user's badges with this change.</summary>
    public required Badges Badges { get; init; }
}
