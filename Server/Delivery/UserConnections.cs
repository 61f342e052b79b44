using ChatHub.Server.Storage;

namespace ChatHub.Server.Delivery;

/// <summary>A user's connections on this instance.</summary>
/// <param name="User">The user.</param>
/// <param name="Count">How many are open; 0 while it is still pending that the user may have gone offline.</param>
/// <param name="IsAnnounced">It is decided that the user is online, and announced.</param>
public readonly record struct UserConnections(UserRef User, int Count, bool IsAnnounced);
