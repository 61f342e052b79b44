namespace ChatHub.Client;

/// <summary>The inbox is complete: it was the server's state a moment ago. Follows <see cref="InboxCleared"/>, and each catching up.</summary>
public sealed record InboxReady : Update;
