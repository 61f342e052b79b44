namespace ChatHub.Contracts;

/// <summary>Every code a refused call may carry. Clients branch on these alone; sentences are for people.</summary>
public static class ErrorCodes
{
    public const string InvalidArgument = "invalid_argument";
    public const string Conflict = "conflict";
    public const string MessagingBanned = "messaging_banned";
    public const string MessagingDisabled = "messaging_disabled";
    public const string UserNotFound = "user_not_found";
    public const string RequestNotFound = "request_not_found";
    public const string ConversationNotFound = "conversation_not_found";
    public const string CannotMessageSelf = "cannot_message_self";
    public const string YouBlockedUser = "you_blocked_user";
    public const string MessagingUnavailable = "messaging_unavailable";
    public const string NotFollowed = "not_followed";
    public const string RequestRequired = "request_required";
    public const string RequestPending = "request_pending";
    public const string AlreadyConnected = "already_connected";
    public const string RequestClosed = "request_closed";
    public const string RequestLimitReached = "request_limit_reached";
    public const string RateLimited = "rate_limited";
    public const string UsernameTaken = "username_taken";
    public const string InvalidCredentials = "invalid_credentials";
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string Unavailable = "unavailable";
    public const string InternalError = "internal_error";
}
