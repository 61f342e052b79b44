using ChatHub.Contracts;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>
/// The state machine of a request, one small table for each side. Pure. A request whose time is over has been written as
/// expired before these are asked.
/// </summary>
public static class RequestRules
{
    /// <summary>How long after a recipient turned a request down the same sender's next ones are suppressed, however long a request lives.</summary>
    public static readonly TimeSpan SuppressedFor = TimeSpan.FromDays(30);

    /// <summary>It is in the recipient's synced view: in main, filtered, or accepted.</summary>
    public static bool IsListed(RequestRow request, long now) =>
        request.Entry is RequestEntry.Main or RequestEntry.Filtered or RequestEntry.Accepted && !request.IsPastExpiry(now);

    /// <summary>The recipient may read it: as long as it waits, also in the folder deleted.</summary>
    public static bool IsVisibleToRecipient(RequestRow request, long now) =>
        IsListed(request, now) || (request.Entry == RequestEntry.Deleted && !request.IsPastExpiry(now));

    public static RequestTransition Accept(RequestRow request, long caller) =>
        !IsRecipients(request, caller) ? RequestTransition.NotFound
        : request.State switch
        {
            RequestState.Pending => request.Entry == RequestEntry.Deleted ? RequestTransition.Closed : RequestTransition.Apply,
            RequestState.Accepted => request.Entry == RequestEntry.Accepted ? RequestTransition.AlreadyApplied : RequestTransition.NotFound,
            _ => RequestTransition.Closed,
        };

    /// <summary>Deleting what was withdrawn or expired meanwhile also succeeds: no list shows it, but it counts as turned down.</summary>
    public static RequestTransition Delete(RequestRow request, long caller) =>
        !IsRecipients(request, caller) ? RequestTransition.NotFound
        : request.DeletedAt is not null ? RequestTransition.AlreadyApplied
        : RequestTransition.Apply;

    /// <summary>Brings a deleted one back. Whether the caller blocks its sender is asked between the two ends of this table.</summary>
    public static RequestTransition Restore(RequestRow request, long caller) =>
        !IsRecipients(request, caller) ? RequestTransition.NotFound
        : request.State switch
        {
            RequestState.Pending => request.Entry == RequestEntry.Deleted ? RequestTransition.Apply : RequestTransition.AlreadyApplied,
            RequestState.Accepted => RequestTransition.NotFound,
            _ => RequestTransition.Closed,
        };

    public static RequestTransition Withdraw(RequestRow request, long caller) =>
        request.SenderKey != caller ? RequestTransition.NotFound
        : request.State switch
        {
            RequestState.Pending => RequestTransition.Apply,
            RequestState.Withdrawn => RequestTransition.AlreadyApplied,
            _ => RequestTransition.Closed,
        };

    /// <summary>By how much the badges move when the recipient's list gets so many more of these.</summary>
    public static BadgeDelta Badges(RequestEntry? entry, int by) => entry switch
    {
        RequestEntry.Main => new(PendingRequests: by),
        RequestEntry.Filtered => new(FilteredRequests: by),
        _ => default,
    };

    /// <summary>The folder in which a new request arrives; null for one that does not.</summary>
    public static RequestFolder? Folder(RequestEntry entry) => entry == RequestEntry.Suppressed ? null : (RequestFolder)entry;

    /// <summary>The error of a transition that is not possible.</summary>
    public static ChatHubException Error(RequestTransition transition) =>
        transition == RequestTransition.Closed ? Errors.RequestClosed() : Errors.RequestNotFound();

    // What never reached them is not theirs: it was suppressed, or its chat opened at once.
    private static bool IsRecipients(RequestRow request, long caller) =>
        request.RecipientKey == caller && request.HasReached;
}
