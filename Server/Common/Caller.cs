using ChatHub.Server.Storage;

namespace ChatHub.Server.Common;

/// <summary>Who asks for a change.</summary>
/// <param name="User">The signed-in user.</param>
/// <param name="ConnectionId">The connection that gets the answer and so not the event; null when there is none.</param>
public sealed record Caller(UserRef User, string? ConnectionId)
{
    public long Key => User.Key;
}
