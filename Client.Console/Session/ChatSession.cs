using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Live;

namespace ChatHub.Terminal.Session;

/// <summary>Who is signed in, their connection, and the chat that is open. Used by the shell's loop alone.</summary>
internal sealed class ChatSession : IChatUser, IAsyncDisposable
{
    private const int NamesKept = 1_000;

    private readonly HttpClient _http;
    private readonly LiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, string> _peers = [];
    private ChatHubClient? _client;
    private UserCard? _me;

    public ChatSession(Uri server, LiveFeed feed, TimeProvider time)
    {
        _http = new HttpClient { BaseAddress = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/") };
        _feed = feed;
        _time = time;
        Accounts = new ChatHubAccounts(_http);
    }

    public ChatHubAccounts Accounts { get; }

    public UserCard Me => _me ?? throw NotSignedIn();

    public ChatRoom? Room { get; set; }

    /// <exception cref="ChatHubException">Nobody is signed in.</exception>
    public HubCalls Hub(CancellationToken cancellationToken) => (_client ?? throw NotSignedIn()).Hub.WithCancellation(cancellationToken);

    /// <summary>Connects as the session's user; whoever was signed in before leaves.</summary>
    public async Task EnterAsync(Contracts.Session session, CancellationToken cancellationToken)
    {
        await LeaveAsync();
        var client = new ChatHubClient(new()
        {
            ServerAddress = _http.BaseAddress!,
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(session.AccessToken),
            AccessTokenRenewer = async stop => (session = await Accounts.RefreshAsync(stop)).AccessToken,
            TimeProvider = _time,
        });
        LiveEvents.Feed(client.Events, _feed);
        try
        {
            await client.ConnectAsync(cancellationToken);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }

        // From here on: the first connection is no news.
        client.StateChanged += state => _feed.Post(LiveEvent.Of(state));
        (_client, _me) = (client, session.User);
    }

    /// <summary>The username of a chat's other side.</summary>
    public async Task<string> PeerOfAsync(string conversationId, CancellationToken cancellationToken)
    {
        if (_peers.TryGetValue(conversationId, out var name))
            return name;

        var conversation = await Hub(cancellationToken).GetConversation(new() { ConversationId = conversationId });
        if (_peers.Count == NamesKept)
            _peers.Clear();
        return _peers[conversationId] = conversation.Peer.Username;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _http.Dispose();
    }

    private async Task LeaveAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        (_client, _me, Room) = (null, null, null);
        _peers.Clear();
        _feed.Clear();
    }

    private static ChatHubException NotSignedIn() => new(ErrorCodes.Unauthenticated, "Sign in first: signin NAME PASSWORD.");
}
