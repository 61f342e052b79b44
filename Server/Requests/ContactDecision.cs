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
    Unavailable,
    /// <summary>Their own request to the caller stands.</summary>
    Crossing,
    /// <summary>The caller's own request waits.</summary>
    Pending,
    /// <summary>The chat opens without asking.</summary>
    Direct,
    NotFollowed,
    /// <summary>A request has to be accepted first.</summary>
    Ask,
}
