using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>DeleteRequest: turns a request down without a sign to its sender, or removes the entry of an accepted one.</summary>
public sealed class DeleteRequestService(RequestCommandRunner runner, RequestStore requests)
{
    public Task<RequestRemoved> DeleteAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        runner.RunAsync(caller, input, async (change, request) => RequestRules.Delete(request, caller.Key) switch
        {
            RequestTransition.Apply => await DeleteAsync(change, caller, request),
            RequestTransition.AlreadyApplied => RequestCloser.Removed(request, await change.PeekAsync(caller.Key)) with { Version = 0 },
            var transition => throw RequestRules.Error(transition),
        }, cancellation);

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
}
