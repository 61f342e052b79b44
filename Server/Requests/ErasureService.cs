using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Delivery;
using ChatHub.Server.Outbox;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Erases an account: its name, profile, sessions, follows and open requests go; its messages stay with the other side,
/// as from a removed user. Live connections are closed. Steps are small, and running it again finishes what was cut off.
/// </summary>
public sealed class ErasureService(
    IDatabase database,
    ChangeRunner changes,
    PeopleStore people,
    FollowStore follows,
    RetiredUsernameStore retired,
    RequestStore requests,
    RequestCloser closer,
    ErasureStore erasure,
    OutboxWriter outbox,
    SessionConnections connections)
{
    private const int Step = 200;

    public async Task EraseAsync(string userId, CancellationToken cancellation)
    {
        var user = await changes.RunAsync(
            caller: null, LockScope.OfUser(userId), change => MarkAsync(change, userId), cancellation);
        // Where this does not come through, the next round of positions finds that the account is gone.
        connections.CloseAll(user.Id);

        // From here on it is carried through: the caller may be gone, and theirs may be one of the connections just closed.
        await StepAsync(session => erasure.PendingAsync(session, user.Key, Step), LockScope.OfRequest, WithdrawAsync);
        await StepAsync(
            session => erasure.FollowedAsync(session, user.Key, Step),
            other => LockScope.OfUsers(user.Key, other),
            (change, other) => follows.RemoveAsync(change.Session, user.Key, other));
        await StepAsync(
            session => erasure.FollowersAsync(session, user.Key, Step),
            other => LockScope.OfUsers(user.Key, other),
            (change, other) => follows.RemoveAsync(change.Session, other, user.Key));
        while (await changes.RunAsync(
            caller: null, LockScope.OfUser(user.Key), change => erasure.DeleteTracesAsync(change.Session, user.Key, Step), CancellationToken.None))
        {
            // Another step: an account of many years has left many rows.
        }
    }

    private async Task<UserRef> MarkAsync(Change change, string userId)
    {
        var person = await people.ByIdAsync(change.Session, userId) ?? throw Errors.UserNotFound();
        if (person.IsRemoved)
            return person.Ref;
        await retired.RetireAsync(change.Session, person, change.NowMs);
        await erasure.MarkRemovedAsync(change.Session, person.Ref, change.NowMs);
        await outbox.AddAsync(change, new(OutboxEventType.UserErased, person.UserKey));
        return person.Ref;
    }

    private async Task WithdrawAsync(Change change, long requestKey)
    {
        if (await requests.ByKeyAsync(change.Session, requestKey) is { State: RequestState.Pending } request)
            await closer.CloseAsync(change, request, request.IsPastExpiry(change.NowMs) ? RequestState.Expired : RequestState.Withdrawn);
    }

    /// <summary>One small change for each, until none is left.</summary>
    private async Task StepAsync(
        Func<DbSession, Task<List<long>>> next, Func<long, LockScope> scope, Func<Change, long, Task> act)
    {
        while (true)
        {
            var keys = await database.ReadAsync(next, CancellationToken.None);
            if (keys.Count == 0)
                return;
            foreach (var key in keys)
                await changes.RunAsync(caller: null, scope(key), change => act(change, key), CancellationToken.None);
        }
    }
}
