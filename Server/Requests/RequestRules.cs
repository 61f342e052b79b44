using ChatHub.Contracts;

namespace ChatHub.Server.Requests;

/// <summary>What answering or taking back a request leads to.</summary>
public enum RequestStep
{
    /// <summary>It is carried out.</summary>
    Go,
    /// <summary>It was done before: the present state is the answer.</summary>
    Done,
    /// <summary>It is too late for it.</summary>
    Closed,
    /// <summary>Not the caller's to see.</summary>
    NotFound,
}

/// <summary>
/// The life of a request, one small table for each side. Pure. A request whose time is over has been written as expired
/// before these are asked.
/// </summary>
public static class RequestRules
{
    /// <summary>The recipient may read it: it is in their folder, or was accepted from it.</summary>
    public static bool IsVisibleToRecipient(RequestRow request, long now) => request.InFolder && !request.IsDue(now);

    public static RequestStep Accept(RequestRow request, long caller) =>
        !IsRecipients(request, caller) || request.DeletedAt is not null ? RequestStep.NotFound
        : request.State switch
        {
            RequestState.Pending => RequestStep.Go,
            RequestState.Accepted => RequestStep.Done,
            _ => RequestStep.Closed,
        };

    /// <summary>Deleting what was withdrawn or expired meanwhile also goes: nothing shows it, but it counts as turned down.</summary>
    public static RequestStep Delete(RequestRow request, long caller) =>
        !IsRecipients(request, caller) ? RequestStep.NotFound
        : request.DeletedAt is not null ? RequestStep.Done
        : RequestStep.Go;

    public static RequestStep Withdraw(RequestRow request, long caller) =>
        request.SenderKey != caller ? RequestStep.NotFound
        : request.State switch
        {
            RequestState.Pending => RequestStep.Go,
            RequestState.Withdrawn => RequestStep.Done,
            _ => RequestStep.Closed,
        };

    // Without a stamp it never reached them: it was born deleted, or its chat opened at once.
    private static bool IsRecipients(RequestRow request, long caller) =>
        request.RecipientKey == caller && request.RecipientVersion > 0;
}
