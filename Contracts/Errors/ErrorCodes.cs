namespace ChatHub.Contracts;

/// <summary>Every code a refused call may carry. Clients branch on these alone; sentences are for people.</summary>
public static class ErrorCodes
{
    /// <summary>A field is missing, malformed or too long, or an unknown value; the sentence names it.</summary>
    public const string InvalidArgument = "invalid_argument";

    /// <summary>The same clientId was used before with other content.</summary>
    public const string Conflict = "conflict";

    /// <summary>The caller is banned from messaging.</summary>
    public const string MessagingBanned = "messaging_banned";

    /// <summary>The caller has switched their own messaging off.</summary>
    public const string MessagingDisabled = "messaging_disabled";

    /// <summary>There is no such user, or the caller may not see them.</summary>
    public const string UserNotFound = "user_not_found";

    /// <summary>There is no such request, or the caller may not see it.</summary>
    public const string RequestNotFound = "request_not_found";

    /// <summary>There is no such conversation, or the caller may not see it.</summary>
    public const string ConversationNotFound = "conversation_not_found";

    /// <summary>The recipient is the caller.</summary>
    public const string CannotMessageSelf = "cannot_message_self";

    /// <summary>The caller blocks the other side.</summary>
    public const string YouBlockedUser = "you_blocked_user";

    /// <summary>The other side cannot be messaged, for whatever reason.</summary>
    public const string MessagingUnavailable = "messaging_unavailable";

    /// <summary>The recipient takes messages only from people they follow.</summary>
    public const string NotFollowed = "not_followed";

    /// <summary>There is no conversation yet: a request has to be accepted first.</summary>
    public const string RequestRequired = "request_required";

    /// <summary>An earlier request of the caller to this user is still open.</summary>
    public const string RequestPending = "request_pending";

    /// <summary>A conversation is open.</summary>
    public const string AlreadyConnected = "already_connected";

    /// <summary>The request was withdrawn, expired, or accepted.</summary>
    public const string RequestClosed = "request_closed";

    /// <summary>The time for editing a message is over, or it was removed.</summary>
    public const string EditClosed = "edit_closed";

    /// <summary>The limit of requests is reached; carries retryAfter.</summary>
    public const string RequestLimitReached = "request_limit_reached";

    /// <summary>Too many calls; carries retryAfter.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The username belongs to another account.</summary>
    public const string UsernameTaken = "username_taken";

    /// <summary>The username or the password is wrong.</summary>
    public const string InvalidCredentials = "invalid_credentials";

    /// <summary>The access token is missing, invalid or expired.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The caller lacks the role.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The server cannot store just now, and nothing was done; carries retryAfter.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>An unexpected failure; details are in the server's log.</summary>
    public const string InternalError = "internal_error";
}
