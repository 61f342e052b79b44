namespace ChatHub.Contracts;

/// <summary>Whether messages can be sent in a conversation.</summary>
public enum ConversationState
{
    /// <summary>Both sides can send.</summary>
    Open,

    /// <summary>The caller blocks the peer.</summary>
    YouBlocked,

    /// <summary>The peer cannot be messaged; the reason is not disclosed. Computed when read, so it raises no event.</summary>
    Unavailable,
}
