namespace ChatHub.Client;

/// <summary>
/// The server could not be reached, or the connection broke before the answer came and did not come back in time. Whether
/// a call took effect is then unknown: making it again, with the same clientId where it has one, is safe.
/// </summary>
public sealed class ChatHubUnreachableException : Exception
{
    public ChatHubUnreachableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
