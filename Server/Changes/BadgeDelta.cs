namespace ChatHub.Server.Changes;

/// <summary>By how much a change moves a user's badges.</summary>
public readonly record struct BadgeDelta(int PendingRequests = 0, int FilteredRequests = 0, int UnreadConversations = 0, long UnreadMessages = 0);
