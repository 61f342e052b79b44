using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Requests.Hooks;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Runs commands whose rules must not meet a request whose time is over: such a request is first written as expired, as a
/// change of its own with its own events, and then the command runs again. So it does once the host's hooks have been asked.
/// </summary>
public sealed class RequestCommandRunner(ChangeRunner changes, RequestStore requests, RequestExpirySweeper expiry, ContactHooks hooks)
{
    /// <param name="caller">The caller.</param>
    /// <param name="scope">As for <see cref="ChangeRunner"/>.</param>
    /// <param name="command">Has written nothing where it is blocked by an expired request.</param>
    /// <param name="cancellation">Honoured until the command begins.</param>
    public Task<T> RunAsync<T>(
        Caller caller, LockScope scope, Func<Change, Task<RequestOutcome<T>>> command, CancellationToken cancellation)
        where T : class =>
        RunAsync(new(caller, "", Text: null), scope, (change, _) => command(change), cancellation);

    /// <summary>A command that may begin a contact: it gets what the hooks have answered, and ends at one that it misses.</summary>
    public Task<T> RunAsync<T>(Contact contact, Func<Change, HookResults, Task<RequestOutcome<T>>> command, CancellationToken cancellation)
        where T : class =>
        RunAsync(contact, LockScope.OfUser(contact.OtherId), command, cancellation);

    private async Task<T> RunAsync<T>(
        Contact contact, LockScope scope, Func<Change, HookResults, Task<RequestOutcome<T>>> command, CancellationToken cancellation)
        where T : class
    {
        var results = hooks.Unasked;
        while (true)
        {
            var asked = results;
            var outcome = await changes.RunAsync(contact.Caller, scope, change => command(change, asked), cancellation);
            if (outcome.Response is { } response)
                return response;
            if (outcome.Missing == Hook.None)
                await expiry.ExpireAsync(outcome.BlockedBy.Key, cancellation);
            else
                results = await hooks.AskAsync(outcome.Missing, contact, results, cancellation);
        }
    }

    /// <summary>A command on one request, which is found by its id. Throws request_not_found.</summary>
    public Task<T> RunAsync<T>(
        Caller caller, RequestInput input, Func<Change, RequestRow, Task<T>> command, CancellationToken cancellation)
        where T : class
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.RequestId, "requestId");
        return RunAsync<T>(caller, LockScope.OfRequest(id), FindAndRun, cancellation);

        async Task<RequestOutcome<T>> FindAndRun(Change change)
        {
            var request = await requests.ByIdAsync(change.Session, id) ?? throw Errors.RequestNotFound();
            if (request.IsPastExpiry(change.NowMs))
                return new ExpiredRequest(request.RequestKey);
            return await command(change, request);
        }
    }
}
