using ChatHub.Contracts;

namespace ChatHub.Server.Requests;

/// <summary>
/// The state machine of a request, one small table for each side. Pure. A request whose time is over has been written as
/// expired before these are asked.
/// </summary>
public static class RequestRules
{
    /// <summary>The recipient may read it: it is in their folder, or was accepted from it.</summary>
    public static bool IsVisibleToRecipient(RequestRow request, long now) => request.InFolder && !request.IsDue(now);

    public static RequestTransition Accept(RequestRow request, long caller) =>
        !IsRecipients(request, caller) || request.DeletedAt is not null ? RequestTransition.NotFound
        : request.State switch
        {
            RequestState.Pending => RequestTransition.Apply,
            RequestState.Accepted => RequestTransition.AlreadyApplied,
            _ => RequestTransition.Closed,
        };

    /// <summary>Deleting what was withdrawn or expired meanwhile also goes: nothing shows it, but it counts as turned down.</summary>
    public static RequestTransition Delete(RequestRow request, long caller) =>
        !IsRecipients(request, caller) ? RequestTransition.NotFound
        : request.DeletedAt is not null ? RequestTransition.AlreadyApplied
        : RequestTransition.Apply;

    public static RequestTransition Withdraw(RequestRow request, long caller) =>
        request.SenderKey != caller ? RequestTransition.NotFound
        : request.State switch
        {
            RequestState.Pending => RequestTransition.Apply,
            RequestState.Withdrawn => RequestTransition.AlreadyApplied,
            _ => RequestTransition.Closed,
        };

    /// <summary>The error of a transition that is not possible.</summary>
    public static ChatHubException Error(RequestTransition transition) =>
        transition == RequestTransition.Closed ? Errors.RequestClosed() : Errors.RequestNotFound();

    // Without a version it never reached them: it was suppressed, or its chat opened at once.
    private static bool IsRecipients(RequestRow request, long caller) =>
        request.RecipientKey == caller && request.RecipientVersion > 0;
}
