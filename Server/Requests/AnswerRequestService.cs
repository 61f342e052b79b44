using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>AcceptRequest, DeleteRequest (the recipient's) and WithdrawRequest (the sender's).</summary>
public sealed class AnswerRequestService(
    RequestStore requests, RelationStore relations, ChatOpener opener, RequestCloser closer, ExpiryService expiry)
{
    public Task<RequestAccepted> AcceptAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        RunAsync(caller, input, async (change, request) => RequestRules.Accept(request, caller.Key) switch
        {
            RequestTransition.Apply => await AcceptAsync(change, caller, request),
            RequestTransition.AlreadyApplied => await AcceptedBeforeAsync(change, caller, request),
            var step => throw Refuse(step),
        }, cancellation);

    public Task<RequestRemoved> DeleteAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        RunAsync(caller, input, async (change, request) => RequestRules.Delete(request, caller.Key) switch
        {
            RequestTransition.Apply => await DeleteAsync(change, caller, request),
            RequestTransition.AlreadyApplied => RequestCloser.Removed(request, await change.PeekAsync(caller.Key)) with { Version = 0 },
            var step => throw Refuse(step),
        }, cancellation);

    public Task<RequestChanged> WithdrawAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        RunAsync(caller, input, async (change, request) => RequestRules.Withdraw(request, caller.Key) switch
        {
            RequestTransition.Apply => await closer.CloseAsync(change, request, RequestState.Withdrawn),
            RequestTransition.AlreadyApplied => RequestCloser.Changed(request, await change.PeekAsync(caller.Key), change.NowMs) with { Version = 0 },
            var step => throw Refuse(step),
        }, cancellation);

    private Task<T> RunAsync<T>(
        Caller caller, RequestInput input, Func<Change, RequestRow, Task<T>> answer, CancellationToken cancellation)
        where T : class
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.RequestId, "requestId");
        return expiry.RunAsync(caller, LockScope.OfRequest(id), Answer, cancellation);

        async Task<T?> Answer(Change change, DueRequest due)
        {
            var request = await requests.ByIdAsync(change.Session, id) ?? throw Errors.RequestNotFound();
            if (!request.IsDue(change.NowMs))
                return await answer(change, request);
            due.Key = request.RequestKey;
            return null;
        }
    }

    private async Task<RequestAccepted> AcceptAsync(Change change, Caller caller, RequestRow request)
    {
        var facts = await relations.ReadAsync(change.Session, caller.Key, request.SenderId, change.NowMs);
        if (facts.Restrictions.Refusal() is { } refusal)
            throw refusal;

        var (mine, theirs) = await change.NextVersionAsync(caller.Key, new(PendingRequests: -1), request.SenderKey, default);
        var conversation = await opener.EnsureAsync(change, caller.Key, request.SenderKey, facts.ConversationKey);
        await opener.AcceptAsync(change, conversation, request, theirs.Version, mine.Version);
        await requests.AcceptAsync(
            change.Session, request.RequestKey, conversation, theirs.Version, mine.Version, change.NowMs);

        var accepted = (await requests.ByKeyAsync(change.Session, request.RequestKey))!;
        change.Raise(request.Sender, await AcceptedAsync(change, accepted, conversation, request.Sender, theirs));
        return change.Raise(caller.User, await AcceptedAsync(change, accepted, conversation, caller.User, mine));
    }

    private async Task<RequestAccepted> AcceptedBeforeAsync(Change change, Caller caller, RequestRow request)
    {
        var inbox = await change.PeekAsync(caller.Key);
        return await AcceptedAsync(change, request, request.ConversationKey!.Value, caller.User, inbox) with { Version = 0 };
    }

    private async Task<RequestAccepted> AcceptedAsync(
        Change change, RequestRow request, long conversation, UserRef viewer, Inbox inbox) => new()
        {
            Version = inbox.Version,
            Request = request.ToContract(viewer.Key, change.NowMs),
            Conversation = await opener.ShowAsync(change, conversation, viewer),
            Badges = inbox.Badges(),
        };

    private async Task<RequestRemoved> DeleteAsync(Change change, Caller caller, RequestRow request)
    {
        if (!request.InFolder)
        {
            // Withdrawn or expired meanwhile: the view does not change.
            await requests.DeleteAsync(change.Session, request.RequestKey, recipientVersion: null, change.NowMs);
            return RequestCloser.Removed(request, await change.PeekAsync(caller.Key)) with { Version = 0 };
        }

        var mine = await change.NextVersionAsync(
            caller.Key, new(PendingRequests: request.State == RequestState.Pending ? -1 : 0));
        await requests.DeleteAsync(change.Session, request.RequestKey, mine.Version, change.NowMs);
        return change.Raise(caller.User, RequestCloser.Removed(request, mine));
    }

    private static ChatHubException Refuse(RequestTransition step) =>
        step == RequestTransition.Closed ? Errors.RequestClosed() : Errors.RequestNotFound();
}
