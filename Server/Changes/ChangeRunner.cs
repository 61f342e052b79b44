using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Changes;

/// <summary>Every write passes here: commit first, then show. See <see cref="Change"/>.</summary>
public sealed class ChangeRunner(IDatabase database, InboxStore inboxes, IDelivery delivery, TimeProvider time)
{
    /// <summary>A change that concerns nobody but its caller.</summary>
    public Task<T> RunAsync<T>(Caller? caller, Func<Change, Task<T>> command, CancellationToken cancellation) =>
        RunAsync(caller, LockScope.None, command, cancellation);

    /// <param name="caller">Who asks; null when the server itself does.</param>
    /// <param name="scope">Whom it concerns beside the caller: all whose state its rules read and whom it stamps.</param>
    /// <param name="command">May run more than once before it is committed.</param>
    /// <param name="cancellation">Honoured until the command begins.</param>
    public async Task<T> RunAsync<T>(
        Caller? caller, LockScope scope, Func<Change, Task<T>> command, CancellationToken cancellation)
    {
        var (answer, _) = await database.WriteAsync(
            caller is null ? scope : scope with { User = caller.Key },
            session => RunOnceAsync(session, caller, command),
            committed => PublishEvents(committed.Events),
            cancellation);
        return answer;
    }

    private async Task<(T Answer, IReadOnlyList<UserEvent> Events)> RunOnceAsync<T>(
        DbSession session, Caller? caller, Func<Change, Task<T>> command)
    {
        // Connections of an erased account are closed, but a call may still be on its way: it must not be carried out.
        if (caller is not null && await inboxes.IsRemovedAsync(session, caller.Key))
            throw Errors.Unauthenticated();
        var change = new Change(session, inboxes, Now(), caller?.ConnectionId);
        var answer = await command(change);
        return (answer, change.Complete());
    }

    private void PublishEvents(IReadOnlyList<UserEvent> events)
    {
        foreach (var e in events)
            delivery.Deliver(e);
    }

    // What is stored and what is answered must be the same instant.
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
