using System.Runtime.CompilerServices;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client;

/// <summary>
/// The server's methods, typed. Every call throws <see cref="ChatHubException"/> when the server refuses it,
/// <see cref="ChatHubUnreachableException"/> when there is no connection and none comes in time, and
/// <see cref="OperationCanceledException"/> when the token of <see cref="WithCancellation"/> is cancelled.
/// A call that was <c>rate_limited</c> is made again after the wait that the server asks for; one whose connection broke
/// before the answer is made again on the next connection. Every method of the server may be repeated without harm:
/// what creates something carries a <c>clientId</c>, and the others find nothing left to do.
/// </summary>
public sealed class HubCalls : IChatHub
{
    private readonly HubLink _link;
    private readonly CancellationToken _cancellation;

    internal HubCalls(HubLink link, CancellationToken cancellation)
    {
        _link = link;
        _cancellation = cancellation;
    }

    /// <summary>The same methods, given up once the token is cancelled (the server may still carry out what it has received).</summary>
    public HubCalls WithCancellation(CancellationToken cancellationToken) => new(_link, cancellationToken);

    public Task<Me> GetMe(EmptyInput input) => Call<Me>(input);
    public Task<MeChanged> UpdateProfile(UpdateProfileInput input) => Call<MeChanged>(input);
    public Task<MeChanged> UpdateSettings(UpdateSettingsInput input) => Call<MeChanged>(input);

    public Task<Page<UserCard>> SearchUsers(SearchUsersInput input) => Call<Page<UserCard>>(input);
    public Task<Profile> GetProfile(GetProfileInput input) => Call<Profile>(input);
    public Task<Profile> Follow(UserInput input) => Call<Profile>(input);
    public Task<Profile> Unfollow(UserInput input) => Call<Profile>(input);
    public Task<BlockChanged> Block(UserInput input) => Call<BlockChanged>(input);
    public Task<BlockChanged> Unblock(UserInput input) => Call<BlockChanged>(input);
    public Task<Page<UserCard>> ListFollowing(PageInput input) => Call<Page<UserCard>>(input);
    public Task<Page<UserCard>> ListFollowers(PageInput input) => Call<Page<UserCard>>(input);
    public Task<Page<UserCard>> ListBlocked(PageInput input) => Call<Page<UserCard>>(input);

    public Task<IntroAdvice> AdviseIntro(AdviseIntroInput input) => Call<IntroAdvice>(input);
    public Task<RequestChanged> SendRequest(SendRequestInput input) => Call<RequestChanged>(input);
    public Task<Page<Request>> ListRequests(ListRequestsInput input) => Call<Page<Request>>(input);
    public Task<Request> GetRequest(RequestInput input) => Call<Request>(input);
    public Task<RequestAccepted> AcceptRequest(RequestInput input) => Call<RequestAccepted>(input);
    public Task<RequestRemoved> DeleteRequest(RequestInput input) => Call<RequestRemoved>(input);
    public Task<RequestsRemoved> DeleteRequests(DeleteRequestsInput input) => Call<RequestsRemoved>(input);
    public Task<RequestRestored> RestoreRequest(RequestInput input) => Call<RequestRestored>(input);
    public Task<RequestChanged> WithdrawRequest(RequestInput input) => Call<RequestChanged>(input);

    public Task<ConversationChanged> OpenConversation(UserInput input) => Call<ConversationChanged>(input);
    public Task<Page<Conversation>> ListConversations(PageInput input) => Call<Page<Conversation>>(input);
    public Task<Conversation> GetConversation(ConversationInput input) => Call<Conversation>(input);
    public Task<MessagePage> GetMessages(GetMessagesInput input) => Call<MessagePage>(input);
    public Task<MessageReceived> SendMessage(SendMessageInput input) => Call<MessageReceived>(input);
    public Task<MessagesSeen> MarkSeen(MarkSeenInput input) => Call<MessagesSeen>(input);
    public Task<Nothing> SetTyping(ConversationInput input) => Call<Nothing>(input);

    public Task<ReportReceipt> Report(ReportInput input) => Call<ReportReceipt>(input);
    public Task<SyncPage> Sync(SyncInput input) => Call<SyncPage>(input);

    /// <summary>Each method above has its name on the wire.</summary>
    private async Task<T> Call<T>(object input, [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(input);
        var begun = _link.Time.GetTimestamp();
        while (true)
        {
            var connection = _link.Link.Made;
            try
            {
                return await CallOnce<T>(input, method).ConfigureAwait(false);
            }
            catch (ChatHubException e) when (e is { Code: ErrorCodes.RateLimited, RetryAfter: { } wait } && wait <= _link.LongestRateLimitWait)
            {
                await Task.Delay(wait, _link.Time, _cancellation).ConfigureAwait(false);
            }
            catch (ChatHubUnreachableException)
            {
                if (!await ComesBackAsync(connection, _link.LongestReconnectWait - _link.Time.GetElapsedTime(begun)).ConfigureAwait(false))
                    throw;
            }
        }
    }

    /// <summary>Whether within the time there is another connection than the one that a call found broken, or missing.</summary>
    private async Task<bool> ComesBackAsync(long connection, TimeSpan within)
    {
        if (within <= TimeSpan.Zero)
            return false;
        try
        {
            await _link.Link.WhenAfterAsync(connection, _cancellation).WaitAsync(within, _link.Time, _cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or ChatHubUnreachableException)
        {
            return false;
        }
    }

    private async Task<T> CallOnce<T>(object input, string method)
    {
        try
        {
            var answer = await _link.Connection.InvokeAsync<T>(method, input, _cancellation).ConfigureAwait(false);
            if (answer is IVersioned change)
                _link.Answered?.Invoke(change);
            return answer;
        }
        catch (HubException e) when (HubFailure.IsRefusal(e))
        {
            throw ChatHubException.FromWire(e.Message);
        }
        catch (InvalidOperationException e)
        {
            throw new ChatHubUnreachableException("There is no connection to the server.", e);
        }
        catch (Exception e) when (HubFailure.IsLoss(e) && !_cancellation.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The connection broke before the answer: {e.GetBaseException().Message}", e);
        }
    }
}
