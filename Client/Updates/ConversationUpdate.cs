using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>A conversation in its present state: a new one, or one of which anything but its messages changed.</summary>
/// <param name="Conversation">The conversation.</param>
public sealed record ConversationUpdate(Conversation Conversation) : Update;
