namespace ChatHub.Contracts;

/// <summary>Whether a message was seen by its recipient.</summary>
public enum MessageStatus
{
    /// <summary>Shown blue.</summary>
    Sent,

    /// <summary>Shown green.</summary>
    Seen,
}
