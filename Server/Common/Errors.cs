using ChatHub.Contracts;

namespace ChatHub.Server.Common;

/// <summary>
/// Every error of the rules, with its one sentence. One sentence each matters: nothing in it may disclose to a stranger
/// why the other side cannot be reached.
/// </summary>
public static class Errors
{
    public const string NotFollowedSentence = "Messages cannot be sent since this user isn’t following you.";

    public static ChatHubException InvalidArgument(string sentence) => new(ErrorCodes.InvalidArgument, sentence);

    public static ChatHubException Conflict() => new(
        ErrorCodes.Conflict, "This clientId was used before with other content.");

    public static ChatHubException Banned(DateTimeOffset? until) => new(
        ErrorCodes.MessagingBanned,
        until is { } end ? $"You are banned from messaging until {end:yyyy-MM-dd HH:mm} UTC." : "You are banned from messaging until a moderator lifts the ban.");

    public static ChatHubException OwnMessagingOff() => new(
        ErrorCodes.MessagingDisabled, "You have switched messaging off. Switch it on in your settings to write.");

    public static ChatHubException UserNotFound() => new(ErrorCodes.UserNotFound, "There is no such user.");

    public static ChatHubException RequestNotFound() => new(ErrorCodes.RequestNotFound, "There is no such request.");

    public static ChatHubException ReportNotFound() => new(ErrorCodes.RequestNotFound, "There is no such report.");

    public static ChatHubException ConversationNotFound() => new(ErrorCodes.ConversationNotFound, "There is no such conversation.");

    public static ChatHubException Self() => new(ErrorCodes.CannotMessageSelf, "You cannot message yourself.");

    public static ChatHubException YouBlocked() => new(
        ErrorCodes.YouBlockedUser, "You blocked this user. Unblock them first.");

    public static ChatHubException Unavailable() => new(
        ErrorCodes.MessagingUnavailable, "This user cannot be messaged.");

    public static ChatHubException NotFollowed() => new(ErrorCodes.NotFollowed, NotFollowedSentence);

    public static ChatHubException RequestRequired() => new(
        ErrorCodes.RequestRequired, "Send this user a message request first.");

    public static ChatHubException RequestPending() => new(
        ErrorCodes.RequestPending, "Your request to this user has not been answered yet.");

    public static ChatHubException AlreadyConnected() => new(
        ErrorCodes.AlreadyConnected, "You have an open conversation with this user: write there.");

    public static ChatHubException RequestClosed() => new(
        ErrorCodes.RequestClosed, "This request is no longer open.");

    public static ChatHubException EditClosed() => new(
        ErrorCodes.EditClosed, "This message can no longer be changed.");

    public static ChatHubException RequestLimit(int perDay, TimeSpan retryAfter) => new(
        ErrorCodes.RequestLimitReached, $"You can send {perDay} requests in 24 hours.", retryAfter);

    public static ChatHubException RequestPaused(TimeSpan retryAfter) => new(
        ErrorCodes.RequestLimitReached, "You have withdrawn a request to this user: another one can be sent 24 hours later.", retryAfter);

    public static ChatHubException RateLimited(TimeSpan retryAfter) => new(
        ErrorCodes.RateLimited, "Too many calls: wait a little.", retryAfter);

    public static ChatHubException ReportLimit(int perDay, TimeSpan retryAfter) => new(
        ErrorCodes.RateLimited, $"You can report {perDay} times in 24 hours.", retryAfter);

    public static ChatHubException TooManyConnections(int most) => new(
        ErrorCodes.RateLimited, $"You have {most} connections already: close one.", TimeSpan.FromSeconds(30));

    public static ChatHubException UsernameTaken() => new(ErrorCodes.UsernameTaken, "This username is taken.");

    public static ChatHubException InvalidCredentials() => new(
        ErrorCodes.InvalidCredentials, "The username or the password is wrong.");

    public static ChatHubException Unauthenticated() => new(
        ErrorCodes.Unauthenticated, "Sign in first: the token is missing, expired or not valid.");

    /// <summary>Nothing was done: trying again may succeed.</summary>
    public static ChatHubException StorageUnavailable() => new(
        ErrorCodes.Unavailable, "The server cannot store just now, and nothing was done: try again.", TimeSpan.FromSeconds(5));

    public static ChatHubException IssuerUnavailable() => new(
        ErrorCodes.Unavailable, "The issuer of access tokens cannot be reached just now, and nothing was done: try again.", TimeSpan.FromSeconds(5));

    public static ChatHubException DirectoryUnavailable() => new(
        ErrorCodes.Unavailable, "The host application's user cannot be read just now, and nothing was done: try again.", TimeSpan.FromSeconds(5));

    public static ChatHubException Forbidden() => new(ErrorCodes.Forbidden, "You may not do this.");
}
