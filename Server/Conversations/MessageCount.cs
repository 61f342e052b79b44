namespace ChatHub.Server.Conversations;

/// <summary>Who sent a message, and how many messages of theirs there are up to it: what moving a mark to it needs.</summary>
public sealed record MessageCount(long SenderKey, long SenderCount);
