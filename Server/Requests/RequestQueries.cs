using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>ListRequests and GetRequest.</summary>
public sealed class RequestQueries(
    IDatabase database, RequestStore requests, RequestContextStore contexts, Cursors cursors, TimeProvider time)
{
    public async Task<Page<Request>> ListAsync(Caller caller, ListRequestsInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var direction = Arguments.Known(Arguments.Required(input.Direction, "direction"), "direction");
        var filter = Arguments.Known(
            input.State ?? (direction == RequestDirection.Incoming ? RequestFilter.Pending : RequestFilter.All), "state");
        var folder = CheckFolder(input.Folder, direction, filter);
        var limit = Arguments.Limit(input.Limit);
        var scope = new CursorScope($"requests {direction} {filter} {folder}", caller.User.Id);
        var before = cursors.ReadNumbers(scope, input.Cursor, 1)?[0] ?? long.MaxValue;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();

        RequestState? state = filter switch
        {
            RequestFilter.Pending => RequestState.Pending,
            RequestFilter.Accepted => RequestState.Accepted,
            _ => null,
        };
        var rows = await database.ReadAsync(
            session => direction == RequestDirection.Incoming
                ? IncomingAsync(session, caller.Key, Entries(filter, folder), before, now, limit + 1)
                : requests.OutgoingAsync(session, caller.Key, state, before, now, limit + 1),
            cancellation);
        return PageBounds.Page(rows, limit, row => row.ToContract(caller.Key, now), TextSize.Of, row => cursors.Write(scope, row.RequestKey));
    }

    private static RequestFolder CheckFolder(RequestFolder? folder, RequestDirection direction, RequestFilter filter)
    {
        if (folder is not null && (direction, filter) != (RequestDirection.Incoming, RequestFilter.Pending))
            throw Errors.InvalidArgument("folder goes with incoming and pending requests only.");
        return Arguments.Known(folder ?? RequestFolder.Main, "folder");
    }

    private static RequestEntry[] Entries(RequestFilter filter, RequestFolder folder) => filter switch
    {
        RequestFilter.Pending => [(RequestEntry)folder],
        RequestFilter.Accepted => [RequestEntry.Accepted],
        _ => [RequestEntry.Main, RequestEntry.Filtered, RequestEntry.Accepted],
    };

    /// <summary>A page of several lists as one: each is read by its own range of the index.</summary>
    private async Task<List<RequestRow>> IncomingAsync(
        DbSession session, long user, RequestEntry[] entries, long before, long now, int take)
    {
        var rows = new List<RequestRow>();
        foreach (var entry in entries)
            rows.AddRange(await requests.IncomingAsync(session, user, entry, before, now, take));
        return [.. rows.OrderByDescending(row => row.RequestKey).Take(take)];
    }

    /// <summary>The preview: it writes nothing, so that the sender cannot learn of it.</summary>
    public Task<Request> GetAsync(Caller caller, RequestInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.RequestId, "requestId");
        var now = time.GetUtcNow();
        return database.ReadAsync(Read, cancellation);

        async Task<Request> Read(DbSession session)
        {
            var nowMs = now.ToUnixTimeMilliseconds();
            var request = await requests.ByIdAsync(session, id);
            if (request?.SenderKey == caller.Key)
                return request.ToContract(caller.Key, nowMs);
            if (request?.RecipientKey != caller.Key || !RequestRules.IsVisibleToRecipient(request, nowMs))
                throw Errors.RequestNotFound();
            return request.ToContract(caller.Key, nowMs) with { Context = await contexts.ReadAsync(session, request, now) };
        }
    }
}
