using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>ListRequests and GetRequest.</summary>
public sealed class RequestQueries(IDatabase database, RequestStore requests, Cursors cursors, TimeProvider time)
{
    public async Task<Page<Request>> ListAsync(Caller caller, ListRequestsInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var direction = Arguments.Known(Arguments.Required(input.Direction, "direction"), "direction");
        var filter = Arguments.Known(
            input.State ?? (direction == RequestDirection.Incoming ? RequestFilter.Pending : RequestFilter.All), "state");
        var limit = Arguments.Limit(input.Limit);
        var scope = new CursorScope($"requests {direction} {filter}", caller.User.Id);
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
                ? requests.IncomingAsync(session, caller.Key, state, before, now, limit + 1)
                : requests.OutgoingAsync(session, caller.Key, state, before, now, limit + 1),
            cancellation);
        return PageBounds.Page(rows, limit, row => row.ToContract(caller.Key, now), TextSize.Of, row => cursors.Write(scope, row.RequestKey));
    }

    /// <summary>The preview: it writes nothing, so that the sender cannot learn of it.</summary>
    public async Task<Request> GetAsync(Caller caller, RequestInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.RequestId, "requestId");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var request = await database.ReadAsync(session => requests.ByIdAsync(session, id), cancellation);
        var isVisible = request is not null
            && (request.SenderKey == caller.Key
                || (request.RecipientKey == caller.Key && RequestRules.IsVisibleToRecipient(request, now)));
        return isVisible ? request!.ToContract(caller.Key, now) : throw Errors.RequestNotFound();
    }
}
