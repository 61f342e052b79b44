namespace ChatHub.Server.Requests;

/// <summary>Where the check order ends: the first that matches.</summary>
public enum ContactDecision
{
    Banned,
    OwnMessagingOff,
    Self,
    NotFound,
    YouBlocked,
    /// <summary>A conversation is open.</summary>
    Connected,
    /// <summary>The caller's own request waits: also after it was turned down, or its recipient cannot be messaged any more.</summary>
    Pending,
    Unavailable,
    /// <summary>Their own request to the caller stands.</summary>
    Crossing,
    /// <summary>The chat opens without asking.</summary>
    Direct,
    NotFollowed,
    /// <summary>A request has to be accepted first.</summary>
    Ask,
}
