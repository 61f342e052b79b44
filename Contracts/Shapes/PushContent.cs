namespace ChatHub.Contracts;

/// <summary>What a push notification shows of a request or a message.</summary>
public enum PushContent
{
    /// <summary>Only that something arrived.</summary>
    Nothing,

    /// <summary>Who it is from.</summary>
    Sender,

    /// <summary>Who it is from, and the text.</summary>
    Text,
}
