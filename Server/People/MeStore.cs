using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Safety;
using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>Reads a user as that user alone sees it.</summary>
public sealed class MeStore(
    IDatabase database, PeopleStore people, HiddenWordsStore hiddenWords, InboxStore inboxes, BanStore bans, RecordStore records,
    DailyLimit limit) : IMeReader
{
    public async Task<Me> ReadAsync(DbSession session, long userKey, DateTimeOffset now) =>
        await ReadAsync(session, await inboxes.ReadAsync(session, userKey), now);

    public async Task<Me> ReadAsync(DbSession session, Inbox inbox, DateTimeOffset now) =>
        await ReadAsync(session, inbox, await hiddenWords.ReadAsync(session, inbox.UserKey), now);

    /// <summary>The same as Sync has it: without the hidden words.</summary>
    public Task<Me> ReadBriefAsync(DbSession session, Inbox inbox, DateTimeOffset now) => ReadAsync(session, inbox, words: null, now);

    private async Task<Me> ReadAsync(DbSession session, Inbox inbox, IReadOnlyList<string>? words, DateTimeOffset now)
    {
        var person = await people.ByKeyAsync(session, inbox.UserKey) ?? throw Errors.UserNotFound();
        var ban = await bans.CurrentAsync(session, inbox.UserKey, now.ToUnixTimeMilliseconds());
        var allowance = await limit.AllowanceAsync(session, inbox.UserKey, person.JoinedAt, now);
        return new()
        {
            User = person.Card(),
            Bio = person.Bio,
            Settings = person.Settings(words),
            Badges = inbox.Badges(),
            Epoch = database.Epoch,
            Version = inbox.Version,
            IsBanned = ban is not null,
            BannedUntil = ban?.UntilInstant,
            BanReason = ban?.Reason,
            Warning = await records.WarningAsync(session, inbox.UserKey),
            RequestsLeftToday = allowance.Left,
        };
    }
}
