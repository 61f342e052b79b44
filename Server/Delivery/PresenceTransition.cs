using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>A user came online or went offline.</summary>
/// <param name="User">The user.</param>
/// <param name="IsOnline">Came online, or went offline.</param>
/// <param name="At">When the first connection opened or the last one closed.</param>
public readonly record struct PresenceTransition(UserRef User, bool IsOnline, DateTimeOffset At);
