using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Requests;

/// <summary><see cref="RetentionOptions.RequestsDays"/>: removes requests after their end. Reading shows it; there is no event.</summary>
public sealed class RequestRetention(IDatabase database, EndedRequestStore store, IOptions<RetentionOptions> options, TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (options.Value.RequestsBefore(now) is not { } before)
            return;
        var turnedDownUntil = (now - RequestRules.SuppressedFor).ToUnixTimeMilliseconds();
        // One instance at a time: two would both keep what is read of them afterwards.
        while (await database.WriteAsync(LockScope.Database, session => store.RemoveAsync(session, before, turnedDownUntil), null, cancellation) > 0)
        {
            // Another step.
        }
    }
}
