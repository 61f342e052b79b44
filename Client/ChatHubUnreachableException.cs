namespace ChatHub.Client;

/// <summary>
/// The server could not be reached, or the connection broke before the answer came. Whether a call took effect is then
/// unknown: sending again with the same clientId is safe.
/// </summary>
public sealed class ChatHubUnreachableException : Exception
{
    public ChatHubUnreachableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
