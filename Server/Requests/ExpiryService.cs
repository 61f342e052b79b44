using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Writes requests whose time is over as expired. Rules and reads treat them so at once; this frees the pair's one slot
/// and tells both sides.
/// </summary>
public sealed class ExpiryService(IDatabase database, ChangeRunner changes, RequestStore requests, RequestCloser closer, TimeProvider time)
{
    private const int Step = 100;

    /// <summary>
    /// Runs a command that answers null, having written nothing, where a request whose time is over stands in its way; it
    /// names that request in <see cref="DueRequest"/>. The request is expired as a change of its own, and the command runs again.
    /// </summary>
    public async Task<T> RunAsync<T>(
        Caller caller, LockScope scope, Func<Change, DueRequest, Task<T?>> command, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            var due = new DueRequest();
            var answer = await changes.RunAsync(caller, scope, change => command(change, due), cancellation);
            if (answer is not null)
                return answer;
            await ExpireAsync(due.Key, cancellation);
        }
    }

    /// <summary>Expires all that are due, one transaction each.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var due = await database.ReadAsync(session => requests.DueAsync(session, now, Step), cancellation);
            foreach (var key in due)
                await ExpireAsync(key, cancellation);
            if (due.Count < Step)
                return;
        }
    }

    private async Task ExpireAsync(long requestKey, CancellationToken cancellation) =>
        await changes.RunAsync(caller: null, LockScope.OfRequest(requestKey), async change =>
        {
            var request = await requests.ByKeyAsync(change.Session, requestKey);
            if (request is not null && request.IsDue(change.NowMs))
                await closer.CloseAsync(change, request, RequestState.Expired);
            return true;
        }, cancellation);
}
