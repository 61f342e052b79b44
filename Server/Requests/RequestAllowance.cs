using ChatHub.Server.Changes;
using ChatHub.Server.Safety;

namespace ChatHub.Server.Requests;

/// <summary>The last step of the check order: the pause after a withdrawal, and the daily limit.</summary>
public sealed class RequestAllowance(RequestStore requests, DailyLimit limit)
{
    /// <summary>How long after a withdrawal the same sender cannot send the same recipient another request.</summary>
    public static readonly TimeSpan WithdrawalPause = TimeSpan.FromHours(24);

    /// <summary>Throws request_limit_reached, with the longer of the two waits.</summary>
    public async Task RequireAsync(Change change, long sender, RelationFacts facts)
    {
        var since = (change.Now - WithdrawalPause).ToUnixTimeMilliseconds();
        var withdrawnAt = await requests.WithdrawnSinceAsync(change.Session, sender, facts.Other.Key, since);
        var pause = withdrawnAt is { } at ? TimeSpan.FromMilliseconds(at - since) : TimeSpan.Zero;
        var daily = await limit.AllowanceAsync(change.Session, sender, facts.OwnJoinedAt, change.Now);
        if (daily.Left == 0 && daily.RetryAfter >= pause)
            throw Errors.RequestLimit(daily.PerDay, daily.RetryAfter);
        if (pause > TimeSpan.Zero)
            throw Errors.RequestPaused(pause);
    }
}
