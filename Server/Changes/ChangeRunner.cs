using System.Diagnostics;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>The unit of work that every write passes: it commits first and publishes the events after. See <see cref="Change"/>.</summary>
public sealed class ChangeRunner(IDatabase database, InboxStore inboxes, IDelivery delivery, TimeProvider time)
{
    /// <summary>A change that concerns its caller alone.</summary>
    public Task<T> RunAsync<T>(Caller? caller, Func<Change, Task<T>> command, CancellationToken cancellation) =>
        RunAsync(caller, LockScope.None, command, cancellation);

    /// <summary>A change without a result.</summary>
    public Task RunAsync(Caller? caller, LockScope scope, Func<Change, Task> command, CancellationToken cancellation) =>
        RunAsync(
            caller,
            scope,
            async change =>
            {
                await command(change);
                return true;
            },
            cancellation);

    /// <summary>Runs a command in one transaction, commits it, and publishes its events.</summary>
    /// <param name="caller">The caller; null for the server's own changes.</param>
    /// <param name="scope">The users it concerns beside the caller: all whose state its rules read or whose version it takes.</param>
    /// <param name="command">May run more than once before it is committed.</param>
    /// <param name="cancellation">Honoured until the command begins.</param>
    public Task<T> RunAsync<T>(Caller? caller, LockScope scope, Func<Change, Task<T>> command, CancellationToken cancellation) =>
        StorageMetrics.Activities.HasListeners()
            ? TraceAsync(caller, scope, command, cancellation)
            : CommitAsync(caller, scope, command, trace: null, cancellation);

    /// <summary>Within the caller's trace; the events are published within it too, though by another thread.</summary>
    private async Task<T> TraceAsync<T>(Caller? caller, LockScope scope, Func<Change, Task<T>> command, CancellationToken cancellation)
    {
        using var activity = StorageMetrics.Activities.StartActivity("chathub.storage.command");
        return await CommitAsync(caller, scope, command, activity, cancellation);
    }

    private Task<T> CommitAsync<T>(
        Caller? caller, LockScope scope, Func<Change, Task<T>> command, Activity? trace, CancellationToken cancellation)
    {
        // Of the last run, which is the one that is committed.
        Change? last = null;
        return database.WriteAsync(
            caller is null ? scope : scope with { User = caller.Key }, RunOnceAsync, _ => Publish(last!, trace), cancellation);

        async Task<T> RunOnceAsync(DbSession session)
        {
            // The connections of an erased account are closed, but a call may still be in flight: it must not be executed.
            if (caller is not null && await inboxes.IsRemovedAsync(session, caller.Key))
                throw Errors.Unauthenticated();
            var change = new Change(session, inboxes, Now(), caller?.ConnectionId);
            var result = await command(change);
            change.Complete();
            last = change;
            return result;
        }
    }

    private void Publish(Change change, Activity? trace)
    {
        change.Committed();
        using var activity = trace is null ? null : DeliveryMetrics.Activities.StartActivity("chathub.delivery.publish", ActivityKind.Producer, trace.Context);
        foreach (var e in change.Events)
            delivery.Deliver(e);
    }

    // The stored and the returned instant must be equal, and the wire has milliseconds.
    private DateTimeOffset Now() => time.GetUtcNow().ToUnixTimeMilliseconds().ToInstant();
}
