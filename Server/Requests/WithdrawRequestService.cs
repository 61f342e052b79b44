using ChatHub.Contracts;

namespace ChatHub.Server.Requests;

/// <summary>WithdrawRequest: the sender takes a pending request back.</summary>
public sealed class WithdrawRequestService(RequestCommandRunner runner, RequestCloser closer)
{
    public Task<RequestChanged> WithdrawAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        runner.RunAsync(caller, input, async (change, request) => RequestRules.Withdraw(request, caller.Key) switch
        {
            RequestTransition.Apply => await closer.CloseAsync(change, request, RequestState.Withdrawn),
            RequestTransition.AlreadyApplied =>
                RequestCloser.Changed(request, await change.PeekAsync(caller.Key), change.NowMs) with { Version = 0 },
            var transition => throw RequestRules.Error(transition),
        }, cancellation);
}
