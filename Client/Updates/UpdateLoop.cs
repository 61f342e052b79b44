using System.Threading.Channels;
using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>
/// Produces the application's updates: loads the inbox, follows live changes, and catches up by Sync when something was
/// missed. The <see cref="UpdateSequencer"/> decides; this waits, calls the server and publishes.
/// </summary>
internal sealed class UpdateLoop(RetryingCaller caller, SignalQueue signals, bool replayUnseen, TimeProvider time)
{
    /// <summary>How long a missing version may take to arrive before Sync is called.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(0.5);

    // Backpressure: a slow reader blocks the loop, and signals wait in their bounded queue.
    private const int MaxUnread = 64;

    private readonly Channel<Update> _updates = Channel.CreateBounded<Update>(MaxUnread);
    private readonly UpdateSequencer _sequencer = new();
    private (long Version, long Since) _gap = (-1, 0);

    public ChannelReader<Update> Updates => _updates.Reader;

    /// <summary>The user; null until the first response of the server.</summary>
    public string? UserId { get; private set; }

    /// <summary>Runs until it is cancelled or fails; the updates then complete, with the failure if there is one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                await FollowAsync(cancellationToken).ConfigureAwait(false);
                await CatchUpAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _updates.Writer.TryComplete();
        }
        catch (Exception e)
        {
            _updates.Writer.TryComplete(e);
        }
    }

    /// <summary>Reads the lists, then by Sync what changed while they were read.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        bool complete;
        do
        {
            var me = await caller.InvokeAsync(hub => hub.GetMe(new()), cancellationToken).ConfigureAwait(false);
            UserId = me.User.UserId;
            _sequencer.Begin(me.Epoch, me.Version);
            await PublishAsync(new InboxCleared(), cancellationToken).ConfigureAwait(false);
            await PublishAsync(new MeUpdate(me), cancellationToken).ConfigureAwait(false);
            await LoadListsAsync(cancellationToken).ConfigureAwait(false);
            complete = await SyncAsync(page => _sequencer.CatchUpLoading(page, replayUnseen), cancellationToken).ConfigureAwait(false);
        }
        while (!complete);

        await PublishAsync(new InboxReady(), cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadListsAsync(CancellationToken cancellationToken)
    {
        foreach (var archived in new[] { false, true })
        {
            var conversations = ReadAllAsync(
                (hub, cursor) => hub.ListConversations(new() { Archived = archived, Cursor = cursor, Limit = Limits.PageMax }), cancellationToken);
            await foreach (var conversation in conversations.ConfigureAwait(false))
                await ExecuteAsync(_sequencer.Load(conversation, replayUnseen), cancellationToken).ConfigureAwait(false);
        }

        await LoadRequestsAsync(RequestDirection.Incoming, folder: null, cancellationToken).ConfigureAwait(false);
        await LoadRequestsAsync(RequestDirection.Outgoing, folder: null, cancellationToken).ConfigureAwait(false);
        await LoadRequestsAsync(RequestDirection.Incoming, RequestFolder.Filtered, cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadRequestsAsync(RequestDirection direction, RequestFolder? folder, CancellationToken cancellationToken)
    {
        var requests = ReadAllAsync(
            (hub, cursor) => hub.ListRequests(new() { Direction = direction, State = RequestFilter.Pending, Folder = folder, Cursor = cursor, Limit = Limits.PageMax }),
            cancellationToken);
        await foreach (var request in requests.ConfigureAwait(false))
            await PublishAsync(new RequestUpdate(request), cancellationToken).ConfigureAwait(false);
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await SyncAsync(_sequencer.CatchUp, cancellationToken).ConfigureAwait(false))
            await PublishAsync(new InboxReady(), cancellationToken).ConfigureAwait(false);
        else
            await LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>False when the server has another epoch.</returns>
    private async Task<bool> SyncAsync(Func<SyncPage, IReadOnlyList<Step>> receive, CancellationToken cancellationToken)
    {
        SyncPage page;
        do
        {
            page = await caller.InvokeAsync(
                hub => hub.Sync(new() { Epoch = _sequencer.Epoch, After = _sequencer.Version, Limit = Limits.PageMax }), cancellationToken).ConfigureAwait(false);
            if (page.Reset)
                return false;
            await ExecuteAsync(receive(page), cancellationToken).ConfigureAwait(false);
        }
        while (page.HasMore);

        return true;
    }

    /// <summary>Publishes live changes until something was missed.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (signals.TryRead(out var signal))
            {
                if (signal is Signal.Connected)
                {
                    _sequencer.ConnectionLost();
                    return;
                }

                await ExecuteAsync(Receive(signal!), cancellationToken).ConfigureAwait(false);
            }

            var wait = _sequencer.IsBehind ? RemainingHoldTime() : Timeout.InfiniteTimeSpan;
            if (signals.TakeOverflow() || _sequencer.IsEpochStale || wait == TimeSpan.Zero || !await SignalArrivesAsync(wait, cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    private IReadOnlyList<Step> Receive(Signal signal)
    {
        switch (signal)
        {
            case Signal.Change change:
                return _sequencer.Receive(change.Content);
            case Signal.PositionReceived received:
                _sequencer.ObservePosition(received.Position);
                return [];
            case Signal.Transient transient:
                return [new Step.Publish(transient.Update)];
            default:
                return [];
        }
    }

    /// <summary>The hold time restarts whenever the version advances: a busy stream slightly out of order is not behind.</summary>
    private TimeSpan RemainingHoldTime()
    {
        if (_gap.Version != _sequencer.Version)
            _gap = (_sequencer.Version, time.GetTimestamp());
        var left = HoldTime - time.GetElapsedTime(_gap.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<bool> SignalArrivesAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await signals.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task ExecuteAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            await (step switch
            {
                Step.Publish publish => PublishAsync(publish.Update, cancellationToken).AsTask(),
                Step.FetchChanges changes => FetchChangesAsync(changes, cancellationToken),
                _ => FetchAsync((Step.Fetch)step, cancellationToken),
            }).ConfigureAwait(false);
        }
    }

    private async Task FetchAsync(Step.Fetch fetch, CancellationToken cancellationToken)
    {
        var after = fetch.After;
        while (after < fetch.UpTo)
        {
            var limit = (int)Math.Min(Limits.PageMax, fetch.UpTo - after);
            var page = await ReadMessagesAsync(new() { ConversationId = fetch.ConversationId, After = after, Limit = limit }, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count == 0)
                return;
            // Where some were cleared meanwhile, the page begins behind them and reaches beyond what is missing.
            foreach (var message in page.Items.Where(message => message.Seq <= fetch.UpTo))
                await PublishAsync(new MessageUpdate(message, UnreadCount: null), cancellationToken).ConfigureAwait(false);
            after = page.Items[^1].Seq;
        }
    }

    private async Task FetchChangesAsync(Step.FetchChanges fetch, CancellationToken cancellationToken)
    {
        var after = fetch.After;
        MessagePage page;
        do
        {
            page = await ReadMessagesAsync(new() { ConversationId = fetch.ConversationId, ChangedAfter = after, Limit = Limits.PageMax }, cancellationToken).ConfigureAwait(false);
            foreach (var message in page.Items)
                await PublishAsync(new MessageChangedUpdate(message, message.Change), cancellationToken).ConfigureAwait(false);
            after = page.Items.Count > 0 ? page.Items[^1].Change : after;
        }
        while (page.HasMore);
    }

    private async Task<MessagePage> ReadMessagesAsync(GetMessagesInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await caller.InvokeAsync(hub => hub.GetMessages(input), cancellationToken).ConfigureAwait(false);
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.ConversationNotFound)
        {
            // The database was restored to a time before the conversation: the next Sync says reset.
            return new() { Items = [], HasMore = false };
        }
    }

    private IAsyncEnumerable<T> ReadAllAsync<T>(Func<IChatHub, string?, Task<Page<T>>> read, CancellationToken cancellationToken) =>
        Paging.ReadAllAsync(cursor => caller.InvokeAsync(hub => read(hub, cursor), cancellationToken), cancellationToken);

    private ValueTask PublishAsync(Update update, CancellationToken cancellationToken) => _updates.Writer.WriteAsync(update, cancellationToken);
}
