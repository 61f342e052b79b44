using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.FullScreen;

/// <summary>The signed-in user of the full screen: their messenger, whose updates go to the model.</summary>
internal sealed class ScreenUser(SignIn signIn, SessionFile file, ScreenModel model, EventLoop loop, TimeProvider time) : IChatUser, IAsyncDisposable
{
    // A person is waiting: more often than a program needs to.
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(10);

    // Long enough for a server that restarts; then the person sees an error.
    private static readonly TimeSpan MaxCallWait = TimeSpan.FromSeconds(3);

    private ChatHubMessenger? _messenger;
    private Task _reading = Task.CompletedTask;

    /// <summary>The model is up to date again.</summary>
    public event Action? CaughtUp;

    /// <summary>Unsent messages.</summary>
    public IReadOnlyList<OutboxItem> Pending => _messenger?.Outbox.Pending ?? [];

    public InboxState Inbox => model.Inbox;

    public HubCalls Hub(CancellationToken cancellationToken) => Messenger().Hub.WithCancellation(cancellationToken);

    /// <summary>Nothing to do: updates change the page, and print no lines.</summary>
    public void MarkPrinted(string requestId, RequestState? state)
    {
    }

    public void Send(string conversationId, string text) => Messenger().Outbox.Send(conversationId, text);

    /// <summary>Signs in; a user who was signed in before is signed out.</summary>
    public async Task EnterAsync(Contracts.Session session, CancellationToken cancellationToken)
    {
        await LeaveAsync();
        await loop.PostAsync(() => model.SignIn(session.User), cancellationToken);
        _messenger = await StartAsync(session);
        _reading = ReadAsync(_messenger, cancellationToken);
    }

    public async Task LeaveAsync()
    {
        if (_messenger is null)
            return;
        await _messenger.DisposeAsync();
        await _reading;
        _messenger = null;
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();

    private async Task<ChatHubMessenger> StartAsync(Contracts.Session session)
    {
        var messenger = Create(file.OutboxOf(session.User.UserId));
        try
        {
            messenger.Start();
        }
        catch (IOException)
        {
            // Another window of the same user has the file open: unsent messages of this one are kept in memory.
            await messenger.DisposeAsync();
            messenger = Create(outboxFile: null);
            messenger.Start();
        }

        return messenger;
    }

    private ChatHubMessenger Create(string? outboxFile)
    {
        var messenger = new ChatHubMessenger(new()
        {
            ServerAddress = signIn.Server,
            AccessTokenProvider = _ => ValueTask.FromResult(signIn.Current?.AccessToken),
            AccessTokenRenewer = signIn.RenewAsync,
            MaxRetryDelay = MaxRetryDelay,
            MaxReconnectWait = MaxCallWait,
            OutboxFile = outboxFile,
            TimeProvider = time,
        });
        messenger.StateChanged += state => loop.TryPost(() => model.Connection = state);
        messenger.Outbox.Failed += (item, reason) => loop.TryPost(() => model.Status = new(new Span($"! not sent: {item.Text} · {reason.Message}", Tone.Red)));
        return messenger;
    }

    private async Task ReadAsync(ChatHubMessenger messenger, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in messenger.Updates.WithCancellation(cancellationToken))
            {
                await loop.PostAsync(() => model.Apply(update, time.GetLocalNow()), cancellationToken);
                if (update is InboxReady)
                    CaughtUp?.Invoke();
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
        catch (ChatHubException e)
        {
            // The session was ended elsewhere, or has expired.
            signIn.Forget();
            loop.TryPost(() => (model.Connection, model.Status) = (ConnectionState.Closed, new(new Span($"! {e.Message} signin NAME PASSWORD", Tone.Red))));
        }
    }

    private ChatHubMessenger Messenger() => _messenger ?? throw new ChatHubException(ErrorCodes.Unauthenticated, "Sign in first: signin NAME PASSWORD.");
}
