namespace ChatHub.Client;

/// <summary>A peer went online or offline. Live only.</summary>
/// <param name="UserId">The peer.</param>
/// <param name="IsOnline">Whether they are online now.</param>
public sealed record PresenceUpdate(string UserId, bool IsOnline) : Update;
