using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>A hub of which a test implements only what it needs.</summary>
internal abstract class HubStub : IChatHub
{
    public virtual Task<Me> GetMe(EmptyInput input) => throw Missing();
    public virtual Task<MeChanged> UpdateProfile(UpdateProfileInput input) => throw Missing();
    public virtual Task<MeChanged> UpdateSettings(UpdateSettingsInput input) => throw Missing();
    public virtual Task<Page<UserCard>> SearchUsers(SearchUsersInput input) => throw Missing();
    public virtual Task<Profile> GetProfile(GetProfileInput input) => throw Missing();
    public virtual Task<Profile> Follow(UserInput input) => throw Missing();
    public virtual Task<Profile> Unfollow(UserInput input) => throw Missing();
    public virtual Task<BlockChanged> Block(UserInput input) => throw Missing();
    public virtual Task<BlockChanged> Unblock(UserInput input) => throw Missing();
    public virtual Task<Page<UserCard>> ListFollowing(PageInput input) => throw Missing();
    public virtual Task<Page<UserCard>> ListFollowers(PageInput input) => throw Missing();
    public virtual Task<Page<UserCard>> ListBlocked(PageInput input) => throw Missing();
    public virtual Task<IntroAdvice> AdviseIntro(AdviseIntroInput input) => throw Missing();
    public virtual Task<RequestChanged> SendRequest(SendRequestInput input) => throw Missing();
    public virtual Task<Page<Request>> ListRequests(ListRequestsInput input) => throw Missing();
    public virtual Task<Request> GetRequest(RequestInput input) => throw Missing();
    public virtual Task<RequestAccepted> AcceptRequest(RequestInput input) => throw Missing();
    public virtual Task<RequestRemoved> DeleteRequest(RequestInput input) => throw Missing();
    public virtual Task<RequestsRemoved> DeleteRequests(DeleteRequestsInput input) => throw Missing();
    public virtual Task<RequestRestored> RestoreRequest(RequestInput input) => throw Missing();
    public virtual Task<RequestChanged> WithdrawRequest(RequestInput input) => throw Missing();
    public virtual Task<ConversationChanged> OpenConversation(UserInput input) => throw Missing();
    public virtual Task<Page<Conversation>> ListConversations(ListConversationsInput input) => throw Missing();
    public virtual Task<Conversation> GetConversation(ConversationInput input) => throw Missing();
    public virtual Task<MessagePage> GetMessages(GetMessagesInput input) => throw Missing();
    public virtual Task<MessageReceived> SendMessage(SendMessageInput input) => throw Missing();
    public virtual Task<MessageChanged> EditMessage(EditMessageInput input) => throw Missing();
    public virtual Task<MessageChanged> RemoveMessage(RemoveMessageInput input) => throw Missing();
    public virtual Task<MessageChanged> React(ReactInput input) => throw Missing();
    public virtual Task<ConversationChanged> UpdateConversation(UpdateConversationInput input) => throw Missing();
    public virtual Task<ConversationChanged> ClearConversation(ClearConversationInput input) => throw Missing();
    public virtual Task<MessagesSeen> MarkSeen(MarkSeenInput input) => throw Missing();
    public virtual Task<Nothing> SetTyping(ConversationInput input) => throw Missing();
    public virtual Task<ReportReceipt> Report(ReportInput input) => throw Missing();
    public virtual Task<SyncPage> Sync(SyncInput input) => throw Missing();

    private static NotSupportedException Missing() => new("This test's hub cannot do that.");
}
