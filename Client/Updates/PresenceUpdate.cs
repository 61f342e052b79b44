namespace ChatHub.Client;

/// <summary>A peer went online or offline. Live only.</summary>
/// <param name="UserId">The peer.</param>
/// <param name="IsOnline">Whether they are online now.</param>
/// <param name="LastSeenAt">When they were online last, if known.</param>
public sealed record PresenceUpdate(string UserId, bool IsOnline, DateTimeOffset? LastSeenAt) : Update;
