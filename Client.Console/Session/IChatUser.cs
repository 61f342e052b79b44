using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Session;

/// <summary>The signed-in user, on whose behalf commands call the server.</summary>
internal interface IChatUser
{
    /// <summary>The inbox, as far as updates have arrived.</summary>
    InboxState Inbox { get; }

    /// <exception cref="ChatHubException"><c>unauthenticated</c>: no user is signed in.</exception>
    HubCalls Hub(CancellationToken cancellationToken);

    /// <summary>A command has printed what it did to a request: the update that follows needs no line.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="state">Its new state; null when it was removed.</param>
    void MarkPrinted(string requestId, RequestState? state);
}
