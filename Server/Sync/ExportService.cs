using System.Runtime.CompilerServices;
using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Outbox;
using ChatHub.Server.Outbox.Push;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Sync;

/// <summary>
/// Everything stored on a user, read a page at a time: the user's own lists, and what no list shows. It leaves out what
/// would disclose others' actions: who blocks or reported them, and requests that were silently turned down.
/// </summary>
public sealed class ExportService(
    IDatabase database, ExportStore store, MeService me, PeopleLists people, RequestQueries requests, ConversationQueries conversations,
    ChatFactsStore chats, EarlierTextStore earlierTexts, PushSubscriptionStore subscriptions, ChangeRunner changes,
    OutboxWriter outbox, TimeProvider time)
{
    /// <summary>That the user asked for it, for those whom it concerns; read or not.</summary>
    public Task AnnounceAsync(Caller caller, CancellationToken cancellation) =>
        outbox.IsWanted(OutboxEventType.UserExported)
            ? changes.RunAsync(
                caller, LockScope.None, async change => await outbox.AddAsync(change, new(OutboxEventType.UserExported, caller.Key)), cancellation)
            : Task.CompletedTask;

    public async IAsyncEnumerable<ExportLine> ReadAsync(Caller caller, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return new() { Type = ExportType.Account, Account = await AccountAsync(caller, cancellation) };
        if (await database.ReadAsync(session => store.AvatarAsync(session, caller.Key), cancellation) is { } avatar)
            yield return new() { Type = ExportType.Avatar, Avatar = new() { ContentType = AvatarService.ContentType, Content = Convert.ToBase64String(avatar) } };
        foreach (var row in await database.ReadAsync(session => store.SessionsAsync(session, caller.Key), cancellation))
            yield return new() { Type = ExportType.Session, Session = row.ToContract() };

        foreach (var row in await database.ReadAsync(session => subscriptions.OfUserAsync(session, caller.Key, Now()), cancellation))
            yield return new() { Type = ExportType.PushSubscription, PushSubscription = row.ToExport() };

        await foreach (var card in PagesAsync(page => people.FollowingAsync(caller, page, cancellation, withBlocked: true)))
            yield return new() { Type = ExportType.Following, Following = card };
        await foreach (var card in PagesAsync(page => people.FollowersAsync(caller, page, cancellation, withBlocked: true)))
            yield return new() { Type = ExportType.Follower, Follower = card };
        await foreach (var card in PagesAsync(page => people.BlockedAsync(caller, page, cancellation)))
            yield return new() { Type = ExportType.Blocked, Blocked = card };

        foreach (var direction in Enum.GetValues<RequestDirection>())
        {
            await foreach (var request in PagesAsync(page => requests.ListAsync(caller, All(direction, page), cancellation)))
                yield return new() { Type = ExportType.Request, Request = request };
        }

        await foreach (var request in PagesAsync(page => requests.ListAsync(caller, Deleted(page), cancellation)))
            yield return new() { Type = ExportType.Request, Request = request };

        foreach (var archived in new[] { false, true })
        {
            await foreach (var conversation in PagesAsync(page => conversations.ListAsync(caller, Chats(archived, page), cancellation)))
            {
                yield return new() { Type = ExportType.Conversation, Conversation = conversation };
                await foreach (var message in MessagesAsync(caller, conversation.ConversationId, cancellation))
                    yield return new() { Type = ExportType.Message, Message = message };
                foreach (var text in await EarlierTextsAsync(caller, conversation.ConversationId, cancellation))
                    yield return new() { Type = ExportType.EarlierText, EarlierText = text };
            }
        }

        await foreach (var row in RowsAsync((session, after) => store.ReportsAsync(session, caller.Key, after, Limits.PageMax), row => row.ReportKey, cancellation))
        {
            var notes = await database.ReadAsync(session => store.NotesAsync(session, row.ReportKey), cancellation);
            yield return new() { Type = ExportType.Report, Report = row.ToContract(notes) };
        }

        foreach (var kind in new[] { RecordKind.Warning, RecordKind.Ban })
        {
            await foreach (var row in RowsAsync((session, after) => store.ModerationAsync(session, caller.Key, kind, after, Limits.PageMax), row => row.RecordKey, cancellation))
                yield return row.ToContract();
        }
    }

    private async Task<ExportAccount> AccountAsync(Caller caller, CancellationToken cancellation)
    {
        var row = await database.ReadAsync(session => store.AccountAsync(session, caller.Key), cancellation) ?? throw Errors.UserNotFound();
        return new()
        {
            Me = await me.GetAsync(caller, cancellation),
            BirthDate = row.BirthDate,
            CreatedAt = row.CreatedAt.ToInstant(),
            LastSeenAt = row.LastSeenAt.ToInstant(),
        };
    }

    private static ListRequestsInput Deleted(PageInput page) => new()
    {
        Direction = RequestDirection.Incoming,
        Folder = RequestFolder.Deleted,
        Cursor = page.Cursor,
        Limit = page.Limit,
    };

    private static ListRequestsInput All(RequestDirection direction, PageInput page) =>
        new() { Direction = direction, State = RequestFilter.All, Cursor = page.Cursor, Limit = page.Limit };

    private static ListConversationsInput Chats(bool archived, PageInput page) =>
        new() { Archived = archived, Cursor = page.Cursor, Limit = page.Limit };

    /// <summary>What the caller's edits and removals replaced, while it is kept and not cleared.</summary>
    private async Task<IReadOnlyList<ExportEarlierText>> EarlierTextsAsync(Caller caller, string conversationId, CancellationToken cancellation)
    {
        var now = Now();
        return await database.ReadAsync(Read, cancellation);

        async Task<IReadOnlyList<ExportEarlierText>> Read(DbSession session)
        {
            var chat = await chats.FindAsync(session, caller.Key, conversationId, now);
            if (chat is null)
                return [];
            var rows = await earlierTexts.BySenderAsync(session, chat.ConversationKey, caller.Key, now);
            return [.. rows.Where(row => chat.Shows(row.Seq)).Select(row => new ExportEarlierText
            {
                ConversationId = conversationId,
                Seq = row.Seq,
                Text = row.Text,
                ReplacedAt = row.ReplacedAt.ToInstant(),
            })];
        }
    }

    private async IAsyncEnumerable<Message> MessagesAsync(
        Caller caller, string conversationId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        MessagePage page;
        do
        {
            page = await conversations.MessagesAsync(
                caller, new() { ConversationId = conversationId, After = after, Limit = Limits.PageMax }, cancellation);
            foreach (var message in page.Items)
                yield return message;
            // Cleared messages are passed over: the first page begins behind them.
            after = page.Items.Count > 0 ? page.Items[^1].Seq : after;
        }
        while (page.HasMore);
    }

    /// <summary>All rows, page by page by their rising keys.</summary>
    private async IAsyncEnumerable<T> RowsAsync<T>(
        Func<DbSession, long, Task<List<T>>> read, Func<T, long> keyOf, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        List<T> page;
        do
        {
            page = await database.ReadAsync(session => read(session, after), cancellation);
            foreach (var row in page)
                yield return row;
            after = page.Count > 0 ? keyOf(page[^1]) : after;
        }
        while (page.Count == Limits.PageMax);
    }

    private static async IAsyncEnumerable<T> PagesAsync<T>(Func<PageInput, Task<Page<T>>> read)
    {
        string? cursor = null;
        do
        {
            var page = await read(new() { Cursor = cursor, Limit = Limits.PageMax });
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
