using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Outbox;
using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety;

/// <summary>Bans from messaging: they hold on the very next call, are published live, and end by themselves.</summary>
public sealed class BanService(
    IDatabase database, ChangeRunner changes, BanStore bans, ModeratedUserStore users, RecordStore records, AuditStore audit, MeEvents me,
    OutboxWriter outbox, Cursors cursors, TimeProvider time)
{
    private const int MaxHours = 24 * 365 * 10;
    private const int BatchSize = 100;

    /// <summary>Whose ban holds, the latest first.</summary>
    public async Task<Page<BannedUser>> ListAsync(string moderator, string? cursor, int take, CancellationToken cancellation)
    {
        var scope = new CursorScope("bans", moderator);
        var before = cursors.ReadNumbers(scope, cursor, 2) ?? [long.MaxValue, 0];
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = await database.ReadAsync(session => users.BannedAsync(session, now, before[0], before[1], take + 1), cancellation);
        return PageBounds.Page(rows, take, row => row.ToContract(), TextSize.Of, row => cursors.Write(scope, row.BannedAt, row.UserKey));
    }

    public Task<Ban> PutAsync(string moderator, string userId, BanInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var (hours, reason) = Check(input.Hours, input.Reason);
        return changes.RunAsync(caller: null, LockScope.OfUser(userId), async change =>
        {
            var user = await UserLookup.FindAsync(change.Session, userId) ?? throw Errors.UserNotFound();
            return await PutAsync(change, user, new(moderator, hours, reason));
        }, cancellation);
    }

    /// <summary>Lifts the ban; lifting none is fine.</summary>
    public Task LiftAsync(string moderator, string userId, CancellationToken cancellation) =>
        changes.RunAsync(caller: null, LockScope.OfUser(userId), async change =>
        {
            var user = await UserLookup.FindEvenRemovedAsync(change.Session, userId) ?? throw Errors.UserNotFound();
            if (!await bans.RemoveAsync(change.Session, user.Key))
                return;
            await records.EndBanAsync(change.Session, user.Key, moderator, change.NowMs);
            await audit.AddAsync(
                change.Session, new() { At = change.NowMs, ModeratorId = moderator, Action = AuditAction.LiftBan, UserId = user.Id });
            await me.RaiseAsync(change, user);
        }, cancellation);

    /// <summary>Removes bans whose end has passed and notifies their users.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ended = await database.ReadAsync(session => bans.EndedAsync(session, now, BatchSize), cancellation);
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
    internal async Task<Ban> PutAsync(Change change, UserRef user, NewBan order)
    {
        var ban = new BanRow
        {
            BannedAt = change.NowMs,
            Until = order.Hours is { } hours ? change.Now.AddHours(hours).ToUnixTimeMilliseconds() : null,
            Reason = order.Reason,
        };
        await bans.PutAsync(change.Session, user.Key, ban);
        await RecordAsync(change, user, order, ban.Until);
        await outbox.AddAsync(change, new(OutboxEventType.UserBanned, user.Key) { BannedUntil = ban.Until });
        await me.RaiseAsync(change, user);
        return ban.ToContract(user.Id);
    }

    internal static (int? Hours, string? Reason) Check(int? hours, string? reason) => (
        hours is null ? null : (int)Arguments.Number(hours, "hours", 1, MaxHours),
        reason is null ? null : Arguments.Text(reason, "reason", 0, Limits.ModerationReasonMax));

    private async Task RecordAsync(Change change, UserRef user, NewBan order, long? until)
    {
        await records.EndBanAsync(change.Session, user.Key, order.ModeratorId, change.NowMs);
        await records.AddAsync(change.Session, user.Key, new()
        {
            Kind = RecordKind.Ban,
            At = change.NowMs,
            ModeratorId = order.ModeratorId,
            Text = order.Reason,
            Until = until,
            ReportId = order.ReportId,
        });
        await audit.AddAsync(change.Session, new()
        {
            At = change.NowMs,
            ModeratorId = order.ModeratorId,
            Action = AuditAction.Ban,
            UserId = user.Id,
            ReportId = order.ReportId,
            Until = until,
            Reason = order.Reason,
        });
    }
}
