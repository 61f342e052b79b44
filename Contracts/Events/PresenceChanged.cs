namespace ChatHub.Contracts;

/// <summary>Not stored; only to people with an open chat, both showing their presence.</summary>
public sealed record PresenceChanged
{
    /// <summary>The peer.</summary>
    public required string UserId { get; init; }

    /// <summary>Whether they are online now.</summary>
    public required bool IsOnline { get; init; }
}
