using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>Bans from messaging: they hold on the very next call, are published live, and end by themselves.</summary>
public sealed class BanService(IDatabase database, ChangeRunner changes, BanStore bans, MeEvents me, TimeProvider time)
{
    private const int MostHours = 24 * 365 * 10;
    private const int ReasonMax = 500;
    private const int Step = 100;

    public Task<Ban> PutAsync(string userId, BanInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var (hours, reason) = Check(input.Hours, input.Reason);
        return changes.RunAsync(caller: null, LockScope.OfUser(userId), async change =>
        {
            var user = await UserLookup.FindAsync(change.Session, userId) ?? throw Errors.UserNotFound();
            return await PutAsync(change, user, hours, reason);
        }, cancellation);
    }

    /// <summary>Lifts the ban; lifting none is fine.</summary>
    public Task LiftAsync(string userId, CancellationToken cancellation) =>
        changes.RunAsync(caller: null, LockScope.OfUser(userId), async change =>
        {
            // A ban outlasts an erasure, and holds the username back while it does.
            var user = await UserLookup.FindEvenRemovedAsync(change.Session, userId) ?? throw Errors.UserNotFound();
            if (await bans.RemoveAsync(change.Session, user.Key))
                await me.RaiseAsync(change, user);
        }, cancellation);

    /// <summary>Removes bans whose end has passed and notifies their users.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ended = await database.ReadAsync(session => bans.EndedAsync(session, now, Step), cancellation);
        foreach (var user in ended)
        {
            await changes.RunAsync(caller: null, LockScope.OfUser(user.Key), async change =>
            {
                if (await bans.RemoveEndedAsync(change.Session, user.Key, change.NowMs))
                    await me.RaiseAsync(change, user);
            }, cancellation);
        }
    }

    /// <summary>Within a change that also does something else (resolving a report).</summary>
    internal async Task<Ban> PutAsync(Change change, UserRef user, int? hours, string? reason)
    {
        var ban = new BanRow
        {
            BannedAt = change.NowMs,
            Until = hours is { } h ? change.Now.AddHours(h).ToUnixTimeMilliseconds() : null,
            Reason = reason,
        };
        await bans.PutAsync(change.Session, user.Key, ban);
        await me.RaiseAsync(change, user);
        return new() { UserId = user.Id, BannedAt = change.Now, Until = ban.UntilInstant, Reason = reason };
    }

    internal static (int? Hours, string? Reason) Check(int? hours, string? reason) => (
        hours is null ? null : (int)Arguments.Number(hours, "hours", 1, MostHours),
        reason is null ? null : Arguments.Text(reason, "reason", 0, ReasonMax));
}
