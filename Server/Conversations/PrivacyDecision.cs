namespace ChatHub.Server.Conversations;

/// <summary>What the recipient's privacy settings decide about a user without a chat with them.</summary>
public enum PrivacyDecision
{
    /// <summary>The chat opens without asking.</summary>
    Direct,
    /// <summary>A request has to be accepted first.</summary>
    Ask,
    /// <summary>They take messages only from people they follow, and say so.</summary>
    NotFollowed,
    /// <summary>Refused, without a reason to the caller.</summary>
    Unavailable,
}
