using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Config;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.FullScreen;

/// <summary>Who is signed in at the full screen: their messenger, and its updates on their way to the board.</summary>
internal sealed class ScreenUser(SignIn signIn, SavedSession saved, Board board, Loop loop, TimeProvider time) : IChatUser, IAsyncDisposable
{
    // A person looks on: sooner than a program needs to.
    private static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(10);

    // A server that restarts is back by then; that it is gone is worth knowing.
    private static readonly TimeSpan CallsWait = TimeSpan.FromSeconds(3);

    private ChatHubMessenger? _messenger;
    private Task _reading = Task.CompletedTask;

    /// <summary>The board shows the server's state again.</summary>
    public event Action? CaughtUp;

    /// <summary>Messages on their way.</summary>
    public IReadOnlyList<OutboxItem> Pending => _messenger?.Outbox.Pending ?? [];

    public HubCalls Hub(CancellationToken cancellationToken) => Messenger().Hub.WithCancellation(cancellationToken);

    public void Send(string conversationId, string text) => Messenger().Outbox.Send(conversationId, text);

    /// <summary>Whoever was signed in before leaves.</summary>
    public async Task EnterAsync(Contracts.Session session, CancellationToken cancellationToken)
    {
        await LeaveAsync();
        await loop.PutAsync(() => board.SignIn(session.User), cancellationToken);
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
        var messenger = Create(saved.OutboxOf(session.User.UserId));
        try
        {
            messenger.Start();
        }
        catch (IOException)
        {
            // Another window of the same user has the file: what is written in this one waits in memory.
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
            MaxRetryDelay = RetryWithin,
            MaxReconnectWait = CallsWait,
            OutboxFile = outboxFile,
            TimeProvider = time,
        });
        messenger.StateChanged += state => loop.TryPut(() => board.Link = state);
        messenger.Outbox.Failed += (item, reason) => loop.TryPut(() => board.Status = new(new Span($"! not sent: {item.Text} · {reason.Message}", Tone.Red)));
        return messenger;
    }

    private async Task ReadAsync(ChatHubMessenger messenger, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in messenger.Updates.WithCancellation(cancellationToken))
            {
                await loop.PutAsync(() => board.Apply(update, time.GetLocalNow()), cancellationToken);
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
            // Signed out elsewhere, or not here for too long.
            signIn.Forget();
            loop.TryPut(() => (board.Link, board.Status) = (ConnectionState.Closed, new(new Span($"! {e.Message} signin NAME PASSWORD", Tone.Red))));
        }
    }

    private ChatHubMessenger Messenger() => _messenger ?? throw new ChatHubException(ErrorCodes.Unauthenticated, "Sign in first: signin NAME PASSWORD.");
}
