namespace ChatHub.Server.Conversations;

/// <summary>What the other side's privacy makes of somebody new.</summary>
public enum PrivacyDecision
{
    /// <summary>The chat opens without asking.</summary>
    Direct,
    /// <summary>A request has to be accepted first.</summary>
    Ask,
    /// <summary>They take messages only from people they follow, and say so.</summary>
    NotFollowed,
    /// <summary>Refused, and why is not told.</summary>
    Unavailable,
}
