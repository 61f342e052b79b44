namespace ChatHub.Contracts;

/// <summary>
/// The hub's methods, as clients call them. A refused call throws <see cref="ChatHubException"/> at the client.
/// A call that changes something answers with the object that the caller's other devices get as the event; one that
/// finds nothing left to do answers the present state with version 0.
/// </summary>
public interface IChatHub
{
    Task<Me> GetMe(EmptyInput input);
    Task<MeChanged> UpdateProfile(UpdateProfileInput input);
    Task<MeChanged> UpdateSettings(UpdateSettingsInput input);

    /// <summary>By username prefix or the beginning of a display-name word, in the order of usernames.</summary>
    Task<Page<UserCard>> SearchUsers(SearchUsersInput input);
    Task<Profile> GetProfile(GetProfileInput input);
    Task<Profile> Follow(UserInput input);
    Task<Profile> Unfollow(UserInput input);
    Task<BlockChanged> Block(UserInput input);
    Task<BlockChanged> Unblock(UserInput input);
    Task<Page<UserCard>> ListFollowing(PageInput input);
    Task<Page<UserCard>> ListFollowers(PageInput input);
    Task<Page<UserCard>> ListBlocked(PageInput input);

    Task<IntroAdvice> AdviseIntro(AdviseIntroInput input);
    Task<RequestChanged> SendRequest(SendRequestInput input);

    /// <summary>Newest first. Incoming and pending is the Requests folder, of which <c>folder</c> names the part: main, unless it says otherwise.</summary>
    Task<Page<Request>> ListRequests(ListRequestsInput input);

    /// <summary>The preview: the sender learns nothing of it.</summary>
    Task<Request> GetRequest(RequestInput input);
    Task<RequestAccepted> AcceptRequest(RequestInput input);

    /// <summary>Before acceptance it moves to the folder deleted, and its sender learns nothing.</summary>
    Task<RequestRemoved> DeleteRequest(RequestInput input);

    /// <summary>Many at once, as one change: at most 1,000 in a call.</summary>
    Task<RequestsRemoved> DeleteRequests(DeleteRequestsInput input);

    /// <summary>Brings a deleted request back into the folder that it arrived in; its sender learns nothing.</summary>
    Task<RequestRestored> RestoreRequest(RequestInput input);
    Task<RequestChanged> WithdrawRequest(RequestInput input);

    Task<ConversationChanged> OpenConversation(UserInput input);

    /// <summary>Latest first.</summary>
    Task<Page<Conversation>> ListConversations(PageInput input);
    Task<Conversation> GetConversation(ConversationInput input);
    Task<MessagePage> GetMessages(GetMessagesInput input);
    Task<MessageReceived> SendMessage(SendMessageInput input);
    Task<MessagesSeen> MarkSeen(MarkSeenInput input);
    Task<Nothing> SetTyping(ConversationInput input);

    Task<ReportReceipt> Report(ReportInput input);
    Task<SyncPage> Sync(SyncInput input);
}
