namespace ChatHub.Client;

/// <summary>Discard everything: the inbox follows. The first update of all, and again after the server's data was restored from a backup.</summary>
public sealed record InboxCleared : Update;
