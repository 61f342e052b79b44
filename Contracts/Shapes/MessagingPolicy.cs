namespace ChatHub.Contracts;

/// <summary>Whom a user takes messages from.</summary>
public enum MessagingPolicy
{
    /// <summary>Everyone may send a request.</summary>
    Everyone,

    /// <summary>Only people the user follows reach them.</summary>
    Following,

    /// <summary>Messaging is off, both ways, existing chats included.</summary>
    Nobody,
}
