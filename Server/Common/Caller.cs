using ChatHub.Server.Storage;

namespace ChatHub.Server.Common;

/// <summary>Who calls.</summary>
/// <param name="User">The signed-in user.</param>
/// <param name="ConnectionId">The connection that gets the result, and so not the event; null for an HTTP call.</param>
public sealed record Caller(UserRef User, string? ConnectionId)
{
    public long Key => User.Key;
}
