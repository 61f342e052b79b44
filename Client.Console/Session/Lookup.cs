using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Session;

/// <summary>Finds by username what the server knows by id.</summary>
internal static class Lookup
{
    /// <exception cref="ChatHubException"><c>user_not_found</c>.</exception>
    public static async Task<string> UserIdAsync(this HubCalls hub, string username) =>
        (await hub.GetProfile(new() { Username = username })).UserId;

    /// <summary>The newest request from, or to, a user.</summary>
    /// <exception cref="ChatHubException"><c>request_not_found</c>.</exception>
    public static async Task<Request> RequestAsync(
        this HubCalls hub, RequestDirection direction, RequestFilter state, string username, CancellationToken cancellationToken)
    {
        var requests = Paging.ReadAllAsync(
            cursor => hub.ListRequests(new() { Direction = direction, State = state, Cursor = cursor, Limit = Limits.PageMax }),
            cancellationToken);
        await foreach (var request in requests)
        {
            var other = direction == RequestDirection.Incoming ? request.Sender : request.Recipient;
            if (Same(other.Username, username))
                return request;
        }

        throw direction == RequestDirection.Incoming ? NoRequestFrom(username) : new ChatHubException(ErrorCodes.RequestNotFound, $"You have no request to {username}.");
    }

    /// <summary>The request from a user that waits for a response, filtered or not.</summary>
    /// <exception cref="ChatHubException"><c>request_not_found</c>.</exception>
    public static async Task<Request> PendingRequestAsync(this HubCalls hub, string username, CancellationToken cancellationToken) =>
        await hub.RequestAsync(RequestDirection.Incoming, RequestFilter.All, username, cancellationToken) is { State: RequestState.Pending } request
            ? request
            : throw NoRequestFrom(username);

    /// <summary>The chat with a user, from the inbox.</summary>
    /// <exception cref="ChatHubException"><c>conversation_not_found</c>.</exception>
    public static Conversation ChatWith(this IChatUser user, string username) =>
        user.Inbox.Conversations.Values.FirstOrDefault(chat => Same(chat.Peer.Username, username))
        ?? throw new ChatHubException(ErrorCodes.ConversationNotFound, $"There is no chat with {username}.");

    /// <summary>
    /// The chat with a user, opened if that needs no request. Where sending is not possible (a block, messaging off), an
    /// earlier chat can still be read: it is then searched in the list.
    /// </summary>
    public static async Task<Conversation> ConversationAsync(this HubCalls hub, string username, CancellationToken cancellationToken)
    {
        try
        {
            return (await hub.OpenConversation(new() { UserId = await hub.UserIdAsync(username) })).Conversation;
        }
        catch (ChatHubException e) when (e.Code is ErrorCodes.YouBlockedUser or ErrorCodes.MessagingDisabled or ErrorCodes.MessagingBanned)
        {
            foreach (var archived in new[] { false, true })
            {
                var chats = Paging.ReadAllAsync(
                    cursor => hub.ListConversations(new() { Archived = archived, Cursor = cursor, Limit = Limits.PageMax }), cancellationToken);
                await foreach (var chat in chats)
                {
                    if (Same(chat.Peer.Username, username))
                        return chat;
                }
            }

            throw;
        }
    }

    private static ChatHubException NoRequestFrom(string username) => new(ErrorCodes.RequestNotFound, $"There is no request from {username}.");

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
