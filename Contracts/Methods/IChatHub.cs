namespace ChatHub.Contracts;

/// <summary>
/// The hub's methods, as clients call them. Each takes one object, whose properties are all nullable so that a missing one
/// gets an error that names it. A refused call throws <see cref="ChatHubException"/> at the client.
/// A call that changes something returns the object that the caller's other devices receive as the event; one that finds
/// nothing left to do returns the present state with version 0.
/// </summary>
public interface IChatHub
{
    /// <summary>Returns the user, with settings, badges, epoch and version.</summary>
    Task<Me> GetMe(EmptyInput input);

    /// <summary>Changes the display name or the bio.</summary>
    Task<MeChanged> UpdateProfile(UpdateProfileInput input);

    /// <summary>Changes the privacy settings.</summary>
    Task<MeChanged> UpdateSettings(UpdateSettingsInput input);

    /// <summary>By username prefix or the beginning of a display-name word, in the order of usernames.</summary>
    Task<Page<UserCard>> SearchUsers(SearchUsersInput input);

    /// <summary>Returns a user's profile with the message button, by id or by username.</summary>
    Task<Profile> GetProfile(GetProfileInput input);

    /// <summary>Follows a user. Idempotent.</summary>
    Task<Profile> Follow(UserInput input);

    /// <summary>Unfollows a user. Idempotent; an open conversation stays.</summary>
    Task<Profile> Unfollow(UserInput input);

    /// <summary>Blocks a user: messages stop both ways, and the other side is not notified. Idempotent.</summary>
    Task<BlockChanged> Block(UserInput input);

    /// <summary>Unblocks a user. Idempotent.</summary>
    Task<BlockChanged> Unblock(UserInput input);

    /// <summary>Lists whom the caller follows.</summary>
    Task<Page<UserCard>> ListFollowing(PageInput input);

    /// <summary>Lists who follows the caller.</summary>
    Task<Page<UserCard>> ListFollowers(PageInput input);

    /// <summary>Lists whom the caller blocks.</summary>
    Task<Page<UserCard>> ListBlocked(PageInput input);

    /// <summary>Returns advice on an introduction before it is sent.</summary>
    Task<IntroAdvice> AdviseIntro(AdviseIntroInput input);

    /// <summary>Sends a message request; opens the conversation at once where none is needed. Idempotent by clientId.</summary>
    Task<RequestChanged> SendRequest(SendRequestInput input);

    /// <summary>Newest first. Incoming and pending is the Requests folder, of which <c>folder</c> names the part: main, unless it says otherwise.</summary>
    Task<Page<Request>> ListRequests(ListRequestsInput input);

    /// <summary>The preview: the sender learns nothing of it.</summary>
    Task<Request> GetRequest(RequestInput input);

    /// <summary>Accepts a request: the conversation opens, and the sender is notified. Idempotent.</summary>
    Task<RequestAccepted> AcceptRequest(RequestInput input);

    /// <summary>Before acceptance it moves the request to the folder deleted, without the sender's knowledge. Idempotent.</summary>
    Task<RequestRemoved> DeleteRequest(RequestInput input);

    /// <summary>Deletes many requests as one change: at most 1,000 in a call.</summary>
    Task<RequestsRemoved> DeleteRequests(DeleteRequestsInput input);

    /// <summary>Brings a deleted request back into the folder that it arrived in, without the sender's knowledge.</summary>
    Task<RequestRestored> RestoreRequest(RequestInput input);

    /// <summary>Withdraws the caller's own request. Idempotent.</summary>
    Task<RequestChanged> WithdrawRequest(RequestInput input);

    /// <summary>Returns the open conversation with a user, or opens one where no request is needed.</summary>
    Task<ConversationChanged> OpenConversation(UserInput input);

    /// <summary>The pinned ones, then the latest first; archived ones apart.</summary>
    Task<Page<Conversation>> ListConversations(ListConversationsInput input);

    /// <summary>Returns a conversation.</summary>
    Task<Conversation> GetConversation(ConversationInput input);

    /// <summary>Returns messages by rising seq: the latest, or those before or after a seq; or by rising change those changed after one.</summary>
    Task<MessagePage> GetMessages(GetMessagesInput input);

    /// <summary>Sends a message. Idempotent by clientId.</summary>
    Task<MessageReceived> SendMessage(SendMessageInput input);

    /// <summary>Edits a message of the caller, for both sides, within 15 minutes of sending.</summary>
    Task<MessageChanged> EditMessage(EditMessageInput input);

    /// <summary>Removes a message of the caller for both sides. Idempotent.</summary>
    Task<MessageChanged> RemoveMessage(RemoveMessageInput input);

    /// <summary>Sets or takes away the caller's reaction to a message. Idempotent.</summary>
    Task<MessageChanged> React(ReactInput input);

    /// <summary>Changes the caller's own view of a chat: receipts, muting, archive, pin. Idempotent.</summary>
    Task<ConversationChanged> UpdateConversation(UpdateConversationInput input);

    /// <summary>Clears messages up to a seq from the caller's own view, permanently; the peer's stays. Idempotent.</summary>
    Task<ConversationChanged> ClearConversation(ClearConversationInput input);

    /// <summary>Marks the peer's messages up to a seq as seen; never goes back.</summary>
    Task<MessagesSeen> MarkSeen(MarkSeenInput input);

    /// <summary>Notifies the peer that the caller is typing.</summary>
    Task<Nothing> SetTyping(ConversationInput input);

    /// <summary>Reports a user to the moderators, who get a copy of the evidence; the user is not notified.</summary>
    Task<ReportReceipt> Report(ReportInput input);

    /// <summary>Returns what changed since a version: how a client catches up.</summary>
    Task<SyncPage> Sync(SyncInput input);
}
