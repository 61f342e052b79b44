using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Sync;

/// <summary>Sync: the latest state of everything that changed for the caller since a version.</summary>
public sealed class SyncService(
    IDatabase database, InboxStore inboxes, ConversationStore conversations, RequestStore requests, EndedRequestStore ended, MeStore me, TimeProvider time)
{
    // One version stamps at most this many items of a kind, so that a page that the limit cut can be completed; deleting many
    // requests at once stamps more.
    private const int MaxItemsPerVersion = 2;

    private sealed record Item(long Version, Conversation? Conversation = null, Request? Request = null, string? RemovedRequestId = null);

    public async Task<SyncPage> ReadAsync(Caller caller, SyncInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var after = Arguments.Number(input.After, "after", 0);
        var limit = Arguments.Limit(input.Limit);
        var now = time.GetUtcNow();

        var (page, latest) = await database.ReadAsync(
            async session => (await Read(session), await inboxes.ReadAsync(session, caller.Key)), cancellation);
        // Where reads see no snapshot, a change meanwhile may have taken an item out of this page to its own version. A chat that is
        // written to without a pause would do so in each page: it waits for this one.
        return latest.Version == page.Me.Version
            ? page
            : await database.WriteAsync(LockScope.OfUser(caller.Key), Read, committed: null, cancellation);

        async Task<SyncPage> Read(DbSession session)
        {
            // The user's row first: a change with a later version raises its own event.
            var inbox = await inboxes.ReadAsync(session, caller.Key);
            var view = await me.ReadBriefAsync(session, inbox, now);
            var removedUpTo = await ended.RemovedUpToAsync(session, caller.Key);
            if (SyncRules.MustReset(input.Epoch, after, database.Epoch, inbox.Version, removedUpTo))
                return Page(view, inbox.Version, [], hasMore: false, reset: true);

            var items = await ChangedAsync(session, caller, after, inbox.Version, limit + MaxItemsPerVersion, now);
            var length = SyncRules.PageLength([.. items.Select(item => item.Version)], Math.Min(limit, PageBounds.Fitting(items, SizeOf)));
            var hasMore = length < items.Count;
            return Page(view, hasMore ? items[length - 1].Version : inbox.Version, items.Take(length), hasMore, reset: false);
        }
    }

    private async Task<List<Item>> ChangedAsync(
        DbSession session, Caller caller, long after, long upTo, int take, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var chats = await conversations.ChangedAsync(session, caller.Key, after, upTo, take);
        var sent = await requests.SentChangedAsync(session, caller.Key, after, upTo, take);
        var received = await ReceivedAsync(session, caller.Key, after, upTo, take);
        return
        [
            .. chats.Select(row => new Item(row.Version, Conversation: row.ToContract(caller.User, nowMs)))
                .Concat(sent.Select(row => new Item(row.SenderVersion, Request: row.ToContract(caller.Key, nowMs))))
                .Concat(received.Select(row => RequestRules.IsListed(row, nowMs)
                    ? new Item(row.RecipientVersion, Request: row.ToContract(caller.Key, nowMs))
                    : new Item(row.RecipientVersion, RemovedRequestId: row.RequestId)))
                .OrderBy(item => item.Version),
        ];
    }

    private static int SizeOf(Item item) =>
        item.Conversation is { } conversation ? TextSize.Of(conversation) : item.Request is { } request ? TextSize.Of(request) : 0;

    /// <summary>Where the list is cut, its last version is read whole, and one row more, from which the page knows that there is more.</summary>
    private async Task<List<RequestRow>> ReceivedAsync(DbSession session, long user, long after, long upTo, int take)
    {
        var rows = await requests.ReceivedChangedAsync(session, user, after, upTo, take);
        if (rows.Count < take)
            return rows;
        var last = rows[^1].RecipientVersion;
        rows.RemoveAll(row => row.RecipientVersion == last);
        rows.AddRange(await requests.ReceivedChangedAsync(session, user, last - 1, last, DeleteRequestsService.MaxCount));
        rows.AddRange(await requests.ReceivedChangedAsync(session, user, last, upTo, 1));
        return rows;
    }

    private SyncPage Page(Me view, long version, IEnumerable<Item> items, bool hasMore, bool reset)
    {
        var page = items.ToList();
        return new()
        {
            Epoch = database.Epoch,
            Version = version,
            HasMore = hasMore,
            Reset = reset,
            Me = view,
            Conversations = [.. page.Select(item => item.Conversation).OfType<Conversation>()],
            Requests = [.. page.Select(item => item.Request).OfType<Request>()],
            RemovedRequestIds = [.. page.Select(item => item.RemovedRequestId).OfType<string>()],
        };
    }
}
