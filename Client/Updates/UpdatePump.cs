using System.Threading.Channels;
using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>
/// Turns what the connection tells into the application's updates: loads the inbox, follows the live changes, and catches
/// up when something was missed. The <see cref="Merger"/> decides; this waits, calls and hands on.
/// </summary>
internal sealed class UpdatePump(EnduringCalls calls, SignalQueue signals, bool replayUnseen, TimeProvider time)
{
    /// <summary>How long a missing version may take before it is asked for.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(0.5);

    // A reader that falls behind holds the pump up; what comes meanwhile waits in the bounded queue.
    private const int UpdatesAhead = 64;

    private readonly Channel<Update> _updates = Channel.CreateBounded<Update>(UpdatesAhead);
    private readonly Merger _merger = new();
    private (long Version, long Since) _gap = (-1, 0);

    public ChannelReader<Update> Updates => _updates.Reader;

    /// <summary>Whose updates; null until the server has told.</summary>
    public string? UserId { get; private set; }

    /// <summary>Runs until it is cancelled; the updates then end, with the failure if there is one.</summary>
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

    /// <summary>Reads the lists, and then what has changed while they were read.</summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        bool complete;
        do
        {
            var me = await calls.UntilAnsweredAsync(hub => hub.GetMe(new()), cancellationToken).ConfigureAwait(false);
            UserId = me.User.UserId;
            _merger.Begin(me.Epoch, me.Version);
            await TellAsync(new InboxCleared(), cancellationToken).ConfigureAwait(false);
            await LoadListsAsync(cancellationToken).ConfigureAwait(false);
            complete = await SyncAsync(page => _merger.CatchUpLoading(page, replayUnseen), cancellationToken).ConfigureAwait(false);
        }
        while (!complete);

        await TellAsync(new InboxReady(), cancellationToken).ConfigureAwait(false);
    }

    private async Task LoadListsAsync(CancellationToken cancellationToken)
    {
        var conversations = ReadAllAsync((hub, cursor) => hub.ListConversations(new() { Cursor = cursor, Limit = Limits.PageMax }), cancellationToken);
        await foreach (var conversation in conversations.ConfigureAwait(false))
            await TakeAsync(_merger.Load(conversation, replayUnseen), cancellationToken).ConfigureAwait(false);

        foreach (var direction in Enum.GetValues<RequestDirection>())
        {
            var requests = ReadAllAsync(
                (hub, cursor) => hub.ListRequests(new() { Direction = direction, State = RequestFilter.Pending, Cursor = cursor, Limit = Limits.PageMax }),
                cancellationToken);
            await foreach (var request in requests.ConfigureAwait(false))
                await TellAsync(new RequestUpdate(request), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await SyncAsync(_merger.CatchUp, cancellationToken).ConfigureAwait(false))
            await TellAsync(new InboxReady(), cancellationToken).ConfigureAwait(false);
        else
            await LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>False when the server's data have begun another life.</returns>
    private async Task<bool> SyncAsync(Func<SyncPage, IReadOnlyList<Step>> merge, CancellationToken cancellationToken)
    {
        SyncPage page;
        do
        {
            page = await calls.UntilAnsweredAsync(
                hub => hub.Sync(new() { Epoch = _merger.Epoch, After = _merger.Version, Limit = Limits.PageMax }), cancellationToken).ConfigureAwait(false);
            if (page.Reset)
                return false;
            await TakeAsync(merge(page), cancellationToken).ConfigureAwait(false);
        }
        while (page.HasMore);

        return true;
    }

    /// <summary>Hands on what comes, until something was missed.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (signals.TryRead(out var signal))
            {
                if (signal is Signal.Connected)
                {
                    _merger.ConnectionLost();
                    return;
                }

                await TakeAsync(Merge(signal!), cancellationToken).ConfigureAwait(false);
            }

            var wait = _merger.IsBehind ? LeftToHold() : Timeout.InfiniteTimeSpan;
            if (signals.TakeOverflow() || _merger.IsVoid || wait == TimeSpan.Zero || !await SomethingCameAsync(wait, cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    private IReadOnlyList<Step> Merge(Signal signal)
    {
        switch (signal)
        {
            case Signal.Change change:
                return _merger.Receive(change.Content);
            case Signal.Heard heard:
                _merger.Hear(heard.Position);
                return [];
            case Signal.Fleeting fleeting:
                return [new Step.Tell(fleeting.Update)];
            default:
                return [];
        }
    }

    /// <summary>The hold begins anew whenever the version gets on: a busy stream that is a little out of order is not behind.</summary>
    private TimeSpan LeftToHold()
    {
        if (_gap.Version != _merger.Version)
            _gap = (_merger.Version, time.GetTimestamp());
        var left = HoldTime - time.GetElapsedTime(_gap.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<bool> SomethingCameAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await signals.WaitAsync(within, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task TakeAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (step is Step.Tell tell)
                await TellAsync(tell.Update, cancellationToken).ConfigureAwait(false);
            else
                await TellMissedAsync((Step.Read)step, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellMissedAsync(Step.Read read, CancellationToken cancellationToken)
    {
        var after = read.After;
        while (after < read.UpTo)
        {
            var limit = (int)Math.Min(Limits.PageMax, read.UpTo - after);
            var page = await ReadMessagesAsync(new() { ConversationId = read.ConversationId, After = after, Limit = limit }, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count == 0)
                return;
            foreach (var message in page.Items)
                await TellAsync(new MessageUpdate(message, UnreadCount: null), cancellationToken).ConfigureAwait(false);
            after = page.Items[^1].Seq;
        }
    }

    private async Task<MessagePage> ReadMessagesAsync(GetMessagesInput input, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.UntilAnsweredAsync(hub => hub.GetMessages(input), cancellationToken).ConfigureAwait(false);
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.ConversationNotFound)
        {
            // The server's data were set back to before the conversation began: the next Sync says so.
            return new() { Items = [], HasMore = false };
        }
    }

    private IAsyncEnumerable<T> ReadAllAsync<T>(Func<IChatHub, string?, Task<Page<T>>> read, CancellationToken cancellationToken) =>
        Paging.ReadAllAsync(cursor => calls.UntilAnsweredAsync(hub => read(hub, cursor), cancellationToken), cancellationToken);

    private ValueTask TellAsync(Update update, CancellationToken cancellationToken) => _updates.Writer.WriteAsync(update, cancellationToken);
}
