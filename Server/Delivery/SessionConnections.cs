using System.Security.Claims;

namespace ChatHub.Server.Delivery;

/// <summary>Closes the connections of a session that has ended, here and on the other instances.</summary>
public sealed class SessionConnections
{
    /// <summary>Names the session in an access token and in a connection's principal.</summary>
    public const string Claim = "sid";

    private const string Topic = "sessionEnded";

    private readonly LiveConnections _connections;
    private readonly LocalDelivery _local;
    private readonly IBackplane _backplane;

    public SessionConnections(LiveConnections connections, LocalDelivery local, IBackplane backplane)
    {
        (_connections, _local, _backplane) = (connections, local, backplane);
        backplane.Subscribe(Topic, values => CloseHere(values[0], values[1]));
    }

    public void Close(string userId, string sessionId)
    {
        CloseHere(userId, sessionId);
        _backplane.Publish(Topic, userId, sessionId);
    }

    /// <summary>All of the user's, of whatever session.</summary>
    public void CloseAll(string userId)
    {
        _local.Close(userId);
        _backplane.Close(userId);
    }

    internal static string? SessionOf(ClaimsPrincipal? principal) => principal?.FindFirst(Claim)?.Value;

    private void CloseHere(string userId, string sessionId)
    {
        foreach (var live in _connections.OfUser(userId).Where(live => live.SessionId == sessionId))
            live.Connection.Abort();
    }
}
