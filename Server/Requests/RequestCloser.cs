using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>
/// The end of an open request other than by acceptance: withdrawn or expired. The same rows are written whatever the
/// recipient made of it, so that the time of a withdrawal does not show its sender what that was.
/// </summary>
public sealed class RequestCloser(RequestStore requests, RequestFunnel funnel)
{
    /// <summary>Frees the slot and notifies both sides; the recipient only if it had reached them.</summary>
    public async Task<RequestChanged> CloseAsync(Change change, RequestRow request, RequestState state)
    {
        var mine = await CloseAsync(change, request, state, default);
        return change.Raise(request.Sender, Changed(request with { State = state, Entry = null }, mine, change.NowMs));
    }

    /// <summary>The same within a change that has its own event for the sender.</summary>
    /// <param name="change">The change.</param>
    /// <param name="request">A pending request.</param>
    /// <param name="state">Withdrawn or expired.</param>
    /// <param name="senderDelta">How the sender's badges move.</param>
    /// <returns>The sender's inbox, whose version was taken.</returns>
    public async Task<Inbox> CloseAsync(Change change, RequestRow request, RequestState state, BadgeDelta senderDelta)
    {
        if (request.Entry != RequestEntry.Deleted)
            funnel.Count(change, state == RequestState.Expired ? RequestStage.Expired : RequestStage.Withdrawn);
        var endedAt = state == RequestState.Expired ? request.ExpiresAt : change.NowMs;
        if (!request.HasReached)
        {
            var sender = await change.NextVersionAsync(request.SenderKey, senderDelta);
            await change.RewriteAsync(request.RecipientKey);
            await requests.CloseAsync(change.Session, request.RequestKey, state, endedAt, sender.Version, recipientVersion: null);
            return sender;
        }

        var (mine, theirs) = await change.NextVersionAsync(
            request.SenderKey, senderDelta, request.RecipientKey, RequestRules.Badges(request.Entry, -1));
        await requests.CloseAsync(change.Session, request.RequestKey, state, endedAt, mine.Version, theirs.Version);
        change.Raise(request.Recipient, Removed(request, theirs));
        return mine;
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
