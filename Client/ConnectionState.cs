namespace ChatHub.Client;

/// <summary>The state of a client's connection to the server.</summary>
public enum ConnectionState
{
    /// <summary>Calls and events flow. After a reconnection, events may have been missed: <c>Sync</c> returns what they changed.</summary>
    Connected,

    /// <summary>The connection broke; the client keeps trying to reconnect.</summary>
    Reconnecting,

    /// <summary>
    /// Not connected yet, closed by either side, or the token was refused. <see cref="ChatHubClient.ConnectAsync"/> connects;
    /// a <see cref="ChatHubMessenger"/> does so by itself unless the token was refused.
    /// </summary>
    Closed,
}
