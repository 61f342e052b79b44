using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Outbox;

/// <summary>
/// Delivers the entries of one channel: several users at once, those of one user and target one after the other. A failed entry holds up what
/// is behind it, until it is delivered or given up.
/// </summary>
public sealed class ChannelDispatcher(
    IOutboxChannel channel, IDatabase database, OutboxStore store, PresenceCoordinator presence, IOptions<OutboxOptions> options, TimeProvider time, ILogger log)
{
    private const int Window = 200;
    private const int ErrorMax = 400;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(6);
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly HashSet<long> _busy = [];
    private long? _loggedAt;

    public long Number => channel.Number;

    /// <summary>Until it is cancelled; deliveries that run then are cut off and tried again by the next holder of the lease.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(channel.Concurrency);
        try
        {
            while (true)
            {
                if (!await TryStartDueAsync(slots, cancellation))
                    await Task.Delay(Interval, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The lanes end, too.
        }
        finally
        {
            for (var i = 0; i < channel.Concurrency; i++)
                await slots.WaitAsync(CancellationToken.None);
        }
    }

    /// <returns>Whether there was something to do.</returns>
    private async Task<bool> TryStartDueAsync(SemaphoreSlim slots, CancellationToken cancellation)
    {
        try
        {
            return await StartDueAsync(slots, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            OutboxLog.PassFailed(log, e);
            return false;
        }
    }

    private async Task<bool> StartDueAsync(SemaphoreSlim slots, CancellationToken cancellation)
    {
        var due = await database.ReadAsync(session => store.DueAsync(session, channel.Number, Busy(), Now(), Window), cancellation);
        var settled = await SettleAsync(due, cancellation);
        var lanes = due.Where(entry => !settled.Contains(entry.EntryId)).DistinctBy(entry => entry.UserKey).ToList();
        foreach (var lane in lanes)
        {
            await slots.WaitAsync(cancellation);
            lock (_gate)
                _busy.Add(lane.UserKey);
            _ = RunLaneAsync(lane, slots, cancellation);
        }

        return due.Count > 0;
    }

    /// <summary>What needs no delivery, or none yet, many at once: with everyone connected that is every message.</summary>
    private async Task<HashSet<string>> SettleAsync(List<DueEntry> due, CancellationToken cancellation)
    {
        List<string> dropped = [], putOff = [];
        foreach (var entry in due)
        {
            if (entry.Event == OutboxEventType.Void)
                dropped.Add(entry.EntryId);
            else if (await IsConnectedAsync(entry.Event, new(entry.UserKey, entry.UserId)))
                (MayBeLost(entry.OccurredAt) ? putOff : dropped).Add(entry.EntryId);
        }

        if (dropped.Count + putOff.Count > 0)
            await WriteAsync(WriteSettledAsync, cancellation);
        return [.. dropped, .. putOff];

        async Task WriteSettledAsync(DbSession session)
        {
            if (dropped.Count > 0)
                await store.DeleteAsync(session, dropped);
            if (putOff.Count > 0)
                await store.PutOffAsync(session, putOff, presence.DetectionTime);
        }
    }

    private async Task RunLaneAsync(DueEntry lane, SemaphoreSlim slots, CancellationToken cancellation)
    {
        try
        {
            var isFirst = true;
            while (await DeliverNextAsync(lane, isFirst, cancellation))
                isFirst = false;
        }
        catch (Exception e)
        {
            if (!cancellation.IsCancellationRequested)
                await PauseAsync(e, cancellation);
        }
        finally
        {
            lock (_gate)
                _busy.Remove(lane.UserKey);
            slots.Release();
        }
    }

    /// <summary>The lane stays busy for a moment: what cannot be recorded must not be posted again and again.</summary>
    private async Task PauseAsync(Exception e, CancellationToken cancellation)
    {
        OutboxLog.PassFailed(log, e);
        await Task.Delay(Pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Whether the next one can follow.</returns>
    private async Task<bool> DeliverNextAsync(DueEntry lane, bool isFirst, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var item = await database.ReadAsync(session => store.HeadAsync(session, channel.Number, lane.Target, lane.UserKey), cancellation);
        if (item is null)
            return false;
        var isConnected = await IsConnectedAsync(item.Event, new(item.UserKey, item.UserId));
        if (item.DueAt > Now() && (isConnected || !IsPutOff(item)))
        {
            if (isFirst)
                await DeferAsync(item, item.DueAt, cancellation);
            return false;
        }

        var isVoid = item.Event == OutboxEventType.Void || item.IsSeen;
        if (!isVoid && isConnected && MayBeLost(item.OccurredAt))
        {
            await DeferAsync(item, CertainAt(item.OccurredAt), cancellation);
            return false;
        }

        var result = isVoid || isConnected ? DeliveryResult.Done : await channel.DeliverAsync(item, cancellation);
        if (!result.IsDone)
            return await FailAsync(item, result, cancellation);
        await WriteAsync(session => store.DeleteAsync(session, [item.EntryId]), CancellationToken.None);
        return true;
    }

    private async Task<bool> FailAsync(OutboxItem item, DeliveryResult result, CancellationToken cancellation)
    {
        var error = result.Error.Length > ErrorMax ? result.Error[..ErrorMax] : result.Error;
        var attempts = item.Attempts + 1;
        if (attempts < channel.MaxAttempts)
        {
            LogFailure(error);
            var wait = Backoff.After(attempts, TimeSpan.FromSeconds(options.Value.RetrySeconds), Random.Shared.NextDouble());
            if (result.RetryAfter is { } asked && asked > wait)
                wait = asked < RetryAfterMax ? asked : RetryAfterMax;
            var dueAt = (time.GetUtcNow() + wait).ToUnixTimeMilliseconds();
            await WriteAsync(session => store.FailAsync(session, item, dueAt, error), cancellation);
            await DeferAsync(item, dueAt, cancellation);
            return false;
        }

        if (channel.KeepsDeadLetters)
        {
            await WriteAsync(session => store.DieAsync(session, item, Now(), error), cancellation);
            OutboxLog.DeadLetter(log, channel.Name, OutboxEventNames.Of(item.Event), item.EntryId, attempts, error);
        }
        else
        {
            await WriteAsync(session => store.DeleteAsync(session, [item.EntryId]), cancellation);
        }

        return true;
    }

    /// <summary>What a stop leaves due is deferred by the next pass, which finds the lane's next entry not due.</summary>
    private Task<int> DeferAsync(OutboxItem head, long dueAt, CancellationToken cancellation) =>
        database.WriteInStepsAsync(session => store.DeferSomeAsync(session, head, dueAt), OutboxStore.Step, cancellation);

    /// <summary>Whether a connection of its user's may be one that ended without a word before the event.</summary>
    private bool MayBeLost(long occurredAt) => Now() < CertainAt(occurredAt);

    private long CertainAt(long occurredAt) => occurredAt + (long)presence.DetectionTime.TotalMilliseconds;

    /// <summary>Only a connection, or what was before it, kept it back: without either it holds up nothing.</summary>
    private bool IsPutOff(OutboxItem item) => item.Attempts == 0 && options.Value.DueAt(item.Event, item.OccurredAt) <= Now();

    // Where that cannot be known, one notification too many is better than one too few.
    private async Task<bool> IsConnectedAsync(OutboxEventType type, UserRef user) =>
        channel.SkipsConnected(type) && await presence.IsConnectedAsync(user);

    /// <summary>Once a minute: an endpoint that is away fails for every user.</summary>
    private void LogFailure(string reason)
    {
        lock (_gate)
        {
            if (_loggedAt is { } at && time.GetElapsedTime(at) < LogEvery)
                return;
            _loggedAt = time.GetTimestamp();
        }

        OutboxLog.DeliveryFailed(log, channel.Name, reason);
    }

    private long[] Busy()
    {
        lock (_gate)
            return [.. _busy];
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task WriteAsync(Func<DbSession, Task> write, CancellationToken cancellation) => database.WriteAsync(LockScope.None, write, cancellation);
}
