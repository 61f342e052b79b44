namespace ChatHub.Client;

/// <summary>
/// One change of the user's inbox, delivered by <see cref="ChatHubMessenger.Updates"/>. Applied in order, updates always
/// yield the server's state, whichever way they arrive: as live events, as results of the application's own calls, or by
/// catching up after a time without a connection. <see cref="InboxState.Apply"/> does so.
/// </summary>
public abstract record Update;
