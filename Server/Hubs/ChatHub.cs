using ChatHub.Contracts;
using ChatHub.Server.Conversations;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hosting;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety;
using ChatHub.Server.Sync;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hubs;

/// <summary>Where a call enters: one line for each method, one service behind each line.</summary>
[Authorize(Policy = Authentication.Users)]
public sealed class ChatHub(
    MeService me,
    SettingsService settings,
    SearchService search,
    ProfileService profiles,
    PeopleLists lists,
    BlockService blocks,
    SendRequestService sendRequest,
    AnswerRequestService answerRequest,
    RequestQueries requests,
    OpenConversationService openConversation,
    ConversationQueries conversations,
    SendMessageService sendMessage,
    MarkSeenService markSeen,
    TypingService typing,
    ReportService reports,
    IntroService intros,
    SyncService sync,
    PresenceTracker presence,
    IOptions<LimitOptions> limits) : Hub, IChatHub
{
    private Caller Caller => Context.Caller();
    private CancellationToken Aborted => Context.ConnectionAborted;

    public override Task OnConnectedAsync()
    {
        var user = Context.User!.User();
        // Counted on all instances. Once every one of them knows of this connection, it is told its position.
        if (presence.Connected(user) > limits.Value.ConnectionsPerUser)
        {
            presence.Disconnected(user);
            throw Errors.TooManyConnections(limits.Value.ConnectionsPerUser);
        }

        Context.Remember(new Caller(user, Context.ConnectionId));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        presence.Disconnected(Caller.User);
        return Task.CompletedTask;
    }

    public Task<Me> GetMe(EmptyInput input) => me.GetAsync(Caller, Aborted);
    public Task<MeChanged> UpdateProfile(UpdateProfileInput input) => me.UpdateProfileAsync(Caller, input, Aborted);
    public Task<MeChanged> UpdateSettings(UpdateSettingsInput input) => settings.UpdateAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> SearchUsers(SearchUsersInput input) => search.FindAsync(Caller, input, Aborted);
    public Task<Profile> GetProfile(GetProfileInput input) => profiles.GetAsync(Caller, input, Aborted);
    public Task<Profile> Follow(UserInput input) => profiles.FollowAsync(Caller, input, Aborted);
    public Task<Profile> Unfollow(UserInput input) => profiles.UnfollowAsync(Caller, input, Aborted);

    public Task<BlockChanged> Block(UserInput input) => blocks.BlockAsync(Caller, input, Aborted);
    public Task<BlockChanged> Unblock(UserInput input) => blocks.UnblockAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> ListFollowing(PageInput input) => lists.FollowingAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> ListFollowers(PageInput input) => lists.FollowersAsync(Caller, input, Aborted);
    public Task<Page<UserCard>> ListBlocked(PageInput input) => lists.BlockedAsync(Caller, input, Aborted);

    public Task<IntroAdvice> AdviseIntro(AdviseIntroInput input) => intros.AdviseAsync(Caller, input, Aborted);
    public Task<RequestChanged> SendRequest(SendRequestInput input) => sendRequest.SendAsync(Caller, input, Aborted);
    public Task<Page<Request>> ListRequests(ListRequestsInput input) => requests.ListAsync(Caller, input, Aborted);
    public Task<Request> GetRequest(RequestInput input) => requests.GetAsync(Caller, input, Aborted);
    public Task<RequestAccepted> AcceptRequest(RequestInput input) => answerRequest.AcceptAsync(Caller, input, Aborted);
    public Task<RequestRemoved> DeleteRequest(RequestInput input) => answerRequest.DeleteAsync(Caller, input, Aborted);
    public Task<RequestChanged> WithdrawRequest(RequestInput input) => answerRequest.WithdrawAsync(Caller, input, Aborted);

    public Task<ConversationChanged> OpenConversation(UserInput input) => openConversation.OpenAsync(Caller, input, Aborted);
    public Task<Page<Conversation>> ListConversations(PageInput input) => conversations.ListAsync(Caller, input, Aborted);
    public Task<Conversation> GetConversation(ConversationInput input) => conversations.GetAsync(Caller, input, Aborted);
    public Task<MessagePage> GetMessages(GetMessagesInput input) => conversations.MessagesAsync(Caller, input, Aborted);
    public Task<MessageReceived> SendMessage(SendMessageInput input) => sendMessage.SendAsync(Caller, input, Aborted);
    public Task<MessagesSeen> MarkSeen(MarkSeenInput input) => markSeen.MarkAsync(Caller, input, Aborted);
    public Task<Nothing> SetTyping(ConversationInput input) => typing.SetAsync(Caller, input, Aborted);

    public Task<ReportReceipt> Report(ReportInput input) => reports.ReportAsync(Caller, input, Aborted);
    public Task<SyncPage> Sync(SyncInput input) => sync.ReadAsync(Caller, input, Aborted);
}
