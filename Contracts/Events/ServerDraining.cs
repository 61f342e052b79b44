namespace ChatHub.Contracts;

/// <summary>Not stored; reconnect after a random wait within that time.</summary>
public sealed record ServerDraining
{
    /// <summary>Within how many seconds to reconnect.</summary>
    public required int ReconnectWithinSeconds { get; init; }
}
