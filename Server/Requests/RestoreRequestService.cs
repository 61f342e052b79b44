using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>
/// RestoreRequest: brings a deleted request back into the folder that it arrived in. It no longer counts as turned down,
/// and its sender learns nothing. Bans, messaging switched off and limits do not matter.
/// </summary>
public sealed class RestoreRequestService(
    RequestCommandRunner runner, RequestStore requests, RelationStore relations, RequestFunnel funnel)
{
    public Task<RequestRestored> RestoreAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        runner.RunAsync(caller, input, (change, request) => RestoreAsync(change, caller, request), cancellation);

    private async Task<RequestRestored> RestoreAsync(Change change, Caller caller, RequestRow request)
    {
        var transition = RequestRules.Restore(request, caller.Key);
        if (transition is RequestTransition.NotFound or RequestTransition.Closed)
            throw RequestRules.Error(transition);
        if ((await relations.ReadAsync(change.Session, caller.Key, request.SenderId, change.NowMs)).YouBlocked)
            throw Errors.YouBlocked();
        if (transition == RequestTransition.AlreadyApplied)
            return Restored(change, caller, request, await change.PeekAsync(caller.Key)) with { Version = 0 };

        var mine = await change.NextVersionAsync(caller.Key, RequestRules.Badges(request.ArrivedIn, 1));
        await requests.RestoreAsync(change.Session, request.RequestKey, mine.Version);
        funnel.Count(change, RequestStage.Restored);
        var restored = (await requests.ByKeyAsync(change.Session, request.RequestKey))!;
        return change.Raise(caller.User, Restored(change, caller, restored, mine));
    }

    private static RequestRestored Restored(Change change, Caller caller, RequestRow request, Inbox inbox) => new()
    {
        Version = inbox.Version,
        Request = request.ToContract(caller.Key, change.NowMs),
        Badges = inbox.Badges(),
    };
}
