namespace ChatHub.Client;

/// <summary>How a <see cref="ChatHubClient"/> stands with the server.</summary>
public enum LinkState
{
    /// <summary>Calls and events flow. After a reconnection, events may have been missed: <c>Sync</c> tells.</summary>
    Connected,

    /// <summary>The connection broke and is being tried again, for ever.</summary>
    Reconnecting,

    /// <summary>Ended by either side, or the token is no longer good. <see cref="ChatHubClient.ConnectAsync"/> starts anew.</summary>
    Closed,
}
