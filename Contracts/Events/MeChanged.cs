namespace ChatHub.Contracts;

/// <summary>Settings, profile, a ban and its end.</summary>
public sealed record MeChanged : IVersioned
{
    /// <summary>The user's version with this change; 0 in a result that changed nothing.</summary>
    public required long Version { get; init; }

    /// <summary>The user in their present state.</summary>
    public required Me Me { get; init; }

    Badges IVersioned.Badges => Me.Badges;
}
