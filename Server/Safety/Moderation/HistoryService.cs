using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Safety.Reports;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Safety.Moderation;

/// <summary>What moderators know of a user: reports, bans, warnings, and their own notes. Not shown to the user, also where they moderate.</summary>
public sealed class HistoryService(
    IDatabase database, ChangeRunner changes, ReportQueueStore reports, RecordStore records, BanStore bans, ModeratedUserStore users,
    AuditStore audit, TimeProvider time)
{
    private const int Latest = 100;

    public Task<ModeratedUser> GetAsync(string moderator, string userId, CancellationToken cancellation) =>
        database.ReadAsync(
            async session => await ReadAsync(session, moderator, await FindAsync(session, moderator, userId)), cancellation);

    /// <summary>Writes a note on a user, for moderators.</summary>
    public Task<ModeratorNote> AddNoteAsync(string moderator, string userId, ModeratorNoteInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the body");
        var text = Arguments.Text(input.Text, "text", 1, Limits.ModeratorNoteMax);
        return changes.RunAsync(caller: null, LockScope.OfUser(userId), Add, cancellation);

        async Task<ModeratorNote> Add(Change change)
        {
            var user = await FindAsync(change.Session, moderator, userId);
            var record = new RecordRow { Kind = RecordKind.Note, At = change.NowMs, ModeratorId = moderator, Text = text };
            await records.AddAsync(change.Session, user.Key, record);
            await audit.AddAsync(
                change.Session,
                new() { At = change.NowMs, ModeratorId = moderator, Action = AuditAction.AddNote, UserId = user.Id, Reason = text });
            return record.ToNote();
        }
    }

    internal async Task<ModeratedUser> ReadAsync(DbSession session, string moderator, UserRef user)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var ban = await bans.CurrentAsync(session, user.Key, now);
        var onUser = await reports.OnUserAsync(session, moderator, user.Key, Latest);
        return new()
        {
            User = await users.CardAsync(session, user.Key),
            Ban = ban?.ToContract(user.Id),
            Reports = onUser.ConvertAll(row => row.ToContract()),
            Bans = (await records.LatestAsync(session, user.Key, RecordKind.Ban, Latest)).ConvertAll(row => row.ToBan()),
            Warnings = (await records.LatestAsync(session, user.Key, RecordKind.Warning, Latest)).ConvertAll(row => row.ToWarning()),
            Notes = (await records.LatestAsync(session, user.Key, RecordKind.Note, Latest)).ConvertAll(row => row.ToNote()),
        };
    }

    private static async Task<UserRef> FindAsync(DbSession session, string moderator, string userId) =>
        userId != moderator && await UserLookup.FindEvenRemovedAsync(session, userId) is { } user ? user : throw Errors.UserNotFound();
}
