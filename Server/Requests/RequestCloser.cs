using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>The end of an open request other than by acceptance: withdrawn or expired.</summary>
public sealed class RequestCloser(RequestStore requests)
{
    /// <summary>Frees the slot and tells both sides; the recipient only if it is in their folder.</summary>
    public async Task<RequestChanged> CloseAsync(Change change, RequestRow request, RequestState state)
    {
        Inbox? theirs = null;
        Inbox mine;
        if (request.InFolder)
            (mine, theirs) = await change.NextVersionAsync(request.SenderKey, default, request.RecipientKey, new(PendingRequests: -1));
        else
            mine = await change.NextVersionAsync(request.SenderKey);

        var endedAt = state == RequestState.Expired ? request.ExpiresAt : change.NowMs;
        await requests.CloseAsync(change.Session, request.RequestKey, state, endedAt, mine.Version, theirs?.Version);
        if (theirs is not null)
            change.Raise(request.Recipient, Removed(request, theirs));
        return change.Raise(request.Sender, Changed(request with { State = state }, mine, change.NowMs));
    }

    /// <summary>The recipient's view of a request that is gone.</summary>
    public static RequestRemoved Removed(RequestRow request, Inbox inbox) => new()
    {
        Version = inbox.Version,
        RequestId = request.RequestId,
        Badges = inbox.Badges(),
    };

    /// <summary>The sender's view.</summary>
    public static RequestChanged Changed(RequestRow request, Inbox inbox, long now) => new()
    {
        Version = inbox.Version,
        Request = request.ToContract(request.SenderKey, now),
        Badges = inbox.Badges(),
    };
}
