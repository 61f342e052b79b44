using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Session;

/// <summary>The signed-in user of the plain mode: their messenger, inbox and open chat. Used by the shell's loop only.</summary>
internal sealed class ChatSession : IChatUser, IAsyncDisposable
{
    private const int MaxPrinted = 1_000;

    private readonly HttpClient _http;
    private readonly UpdateFeed _feed;
    private readonly TimeProvider _time;
    private readonly HashSet<(string RequestId, RequestState? State)> _printed = [];
    private ChatHubMessenger? _messenger;
    private Task _forwarding = Task.CompletedTask;
    private UserCard? _me;

    public ChatSession(Uri server, UpdateFeed feed, TimeProvider time)
    {
        _http = new HttpClient { BaseAddress = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/") };
        _feed = feed;
        _time = time;
        Accounts = new ChatHubAccounts(_http);
    }

    public ChatHubAccounts Accounts { get; }

    public UserCard Me => _me ?? throw NotSignedIn();

    /// <summary>Raised when the user is signed out.</summary>
    public event Action? Left;

    public InboxState Inbox { get; private set; } = InboxState.Empty;

    public OpenChat? Chat { get; set; }

    public HubCalls Hub(CancellationToken cancellationToken) => (_messenger ?? throw NotSignedIn()).Hub.WithCancellation(cancellationToken);

    public void MarkPrinted(string requestId, RequestState? state)
    {
        if (_printed.Count == MaxPrinted)
            _printed.Clear();
        _printed.Add((requestId, state));
    }

    /// <summary>Whether a command has printed this state of a request; asked once for each.</summary>
    public bool TakePrinted(string requestId, RequestState? state) => _printed.Remove((requestId, state));

    /// <summary>Signs in, and waits until the inbox is loaded. A user who was signed in before is signed out.</summary>
    /// <exception cref="ChatHubUnreachableException">The inbox could not be loaded in time.</exception>
    public async Task EnterAsync(Contracts.Session session, CancellationToken cancellationToken)
    {
        await LeaveAsync();
        var options = new ChatHubMessengerOptions
        {
            ServerAddress = _http.BaseAddress!,
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(session.AccessToken),
            AccessTokenRenewer = async stop => (session = await Accounts.RefreshAsync(stop)).AccessToken,
            TimeProvider = _time,
        };
        var messenger = _messenger = new ChatHubMessenger(options);
        _me = session.User;
        messenger.Start();
        _forwarding = _feed.ForwardAsync(messenger.Updates);
        try
        {
            await LoadAsync(cancellationToken).WaitAsync(options.MaxReconnectWait, _time, cancellationToken);
        }
        catch (Exception e)
        {
            await LeaveAsync();
            if (e is TimeoutException)
                throw new ChatHubUnreachableException("The inbox could not be loaded.", e);
            throw;
        }

        // Only from now on: the first connection is not worth a line.
        messenger.StateChanged += _feed.Post;
    }

    public void Apply(Update update)
    {
        Inbox = Inbox.Apply(update);
        _me = Inbox.Me?.User ?? _me;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _http.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        while (!Inbox.IsReady)
        {
            switch (await _feed.ReadAsync(cancellationToken))
            {
                case FeedItem.Changed e:
                    Apply(e.Update);
                    break;
                case FeedItem.Failed e:
                    throw e.Reason;
            }
        }
    }

    private async Task LeaveAsync()
    {
        if (_messenger is null)
            return;
        var disposing = _messenger.DisposeAsync();

        // The forwarding may be waiting for space in the queue.
        while (!_forwarding.IsCompleted)
        {
            _feed.Clear();
            await Task.WhenAny(_forwarding, _feed.WaitAsync(CancellationToken.None));
        }

        await disposing;
        _feed.Clear();
        (_messenger, _me, Chat, Inbox) = (null, null, null, InboxState.Empty);
        _printed.Clear();
        Left?.Invoke();
    }

    private static ChatHubException NotSignedIn() => new(ErrorCodes.Unauthenticated, "Sign in first: signin NAME PASSWORD.");
}
