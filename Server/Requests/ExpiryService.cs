using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>Writes requests whose time is over as expired. Rules and reads treat them so at once; this frees the slot and tells both.</summary>
public sealed class ExpiryService(IDatabase database, ChangeRunner changes, RequestStore requests, RequestCloser closer, TimeProvider time)
{
    private const int Step = 100;

    /// <summary>Expires one request, if it is still due.</summary>
    public Task ExpireAsync(long requestKey, CancellationToken cancellation) =>
        changes.RunAsync(caller: null, async change =>
        {
            var request = await requests.ByKeyAsync(change.Session, requestKey);
            if (request is not null && request.IsDue(change.NowMs))
                await closer.CloseAsync(change, request, RequestState.Expired);
            return true;
        }, cancellation);

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
}
