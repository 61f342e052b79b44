using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Writes requests whose time is over as expired, which frees the pair's slot and notifies both sides. Rules and reads
/// treat such a request as expired before that, from the instant on.
/// </summary>
public sealed class RequestExpirySweeper(
    IDatabase database, ChangeRunner changes, RequestStore requests, RequestCloser closer, TimeProvider time)
{
    private const int BatchSize = 100;

    /// <summary>Expires one request; does nothing if it is no longer pending.</summary>
    public Task ExpireAsync(long requestKey, CancellationToken cancellation) =>
        changes.RunAsync(
            caller: null,
            LockScope.OfRequest(requestKey),
            async change =>
            {
                var request = await requests.ByKeyAsync(change.Session, requestKey);
                if (request is not null && request.IsPastExpiry(change.NowMs))
                    await closer.CloseAsync(change, request, RequestState.Expired);
            },
            cancellation);

    /// <summary>Writes all whose time is over as expired, one transaction each.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var keys = await database.ReadAsync(session => requests.PastExpiryAsync(session, now, BatchSize), cancellation);
            foreach (var key in keys)
                await ExpireAsync(key, cancellation);
            if (keys.Count < BatchSize)
                return;
        }
    }
}
