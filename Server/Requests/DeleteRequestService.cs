using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>
/// DeleteRequest: moves a waiting request to the folder deleted without a sign to its sender, or removes the entry of an
/// accepted one.
/// </summary>
public sealed class DeleteRequestService(RequestCommandRunner runner, RequestStore requests, RequestFunnel funnel)
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
        if (request.Entry is null)
        {
            // Withdrawn or expired meanwhile: the view does not change.
            await requests.DeleteAsync(change.Session, request.RequestKey, entry: null, recipientVersion: null, change.NowMs);
            return RequestCloser.Removed(request, await change.PeekAsync(caller.Key)) with { Version = 0 };
        }

        var mine = await change.NextVersionAsync(caller.Key, RequestRules.Badges(request.Entry, -1));
        RequestEntry? entry = request.State == RequestState.Pending ? RequestEntry.Deleted : null;
        await requests.DeleteAsync(change.Session, request.RequestKey, entry, mine.Version, change.NowMs);
        if (entry == RequestEntry.Deleted)
            funnel.Count(change, RequestStage.Deleted);
        return change.Raise(caller.User, RequestCloser.Removed(request, mine));
    }
}
