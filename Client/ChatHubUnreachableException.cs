namespace ChatHub.Client;

/// <summary>
/// The server could not be reached, or the connection broke before the response and was not established again in time.
/// Whether a call took effect is unknown: repeating it, with the same clientId where it has one, is safe.
/// </summary>
public sealed class ChatHubUnreachableException : Exception
{
    /// <param name="message">What failed, for people.</param>
    /// <param name="innerException">The network's exception, if there is one.</param>
    public ChatHubUnreachableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
