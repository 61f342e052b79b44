using ChatHub.Client;

namespace ChatHub.Terminal.Session;

/// <summary>What reaches the shell from the messenger.</summary>
internal abstract record FeedItem
{
    /// <summary>A change of the inbox.</summary>
    internal sealed record Changed(Update Update) : FeedItem;

    /// <summary>A change of the connection.</summary>
    internal sealed record Connection(ConnectionState State) : FeedItem;

    /// <summary>The updates have ended: the server refuses the token.</summary>
    internal sealed record Failed(Exception Reason) : FeedItem;
}
