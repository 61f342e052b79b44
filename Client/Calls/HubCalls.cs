using System.Runtime.CompilerServices;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatHub.Client;

/// <summary>
/// The server's methods, typed. Every call throws <see cref="ChatHubException"/> when the server refuses it,
/// <see cref="ChatHubUnreachableException"/> when there is no connection and none is established in time, and
/// <see cref="OperationCanceledException"/> when the token of <see cref="WithCancellation"/> is cancelled.
/// A call that was <c>rate_limited</c> is repeated after the server's <c>retryAfter</c>; one whose connection broke before
/// the response is repeated on the next connection. Repeating is safe: what creates something carries a <c>clientId</c> as
/// its idempotency key, and every other method is idempotent.
/// </summary>
public sealed class HubCalls : IChatHub
{
    private readonly HubCallContext _context;
    private readonly CancellationToken _cancellation;

    internal HubCalls(HubCallContext context, CancellationToken cancellation)
    {
        _context = context;
        _cancellation = cancellation;
    }

    /// <summary>The same methods, cancelled by the token. (The server may still carry out a call that it has received.)</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public HubCalls WithCancellation(CancellationToken cancellationToken) => new(_context, cancellationToken);

    /// <inheritdoc/>
    public Task<Me> GetMe(EmptyInput input) => Call<Me>(input);
    /// <inheritdoc/>
    public Task<MeChanged> UpdateProfile(UpdateProfileInput input) => Call<MeChanged>(input);
    /// <inheritdoc/>
    public Task<MeChanged> UpdateSettings(UpdateSettingsInput input) => Call<MeChanged>(input);

    /// <inheritdoc/>
    public Task<Page<UserCard>> SearchUsers(SearchUsersInput input) => Call<Page<UserCard>>(input);
    /// <inheritdoc/>
    public Task<Profile> GetProfile(GetProfileInput input) => Call<Profile>(input);
    /// <inheritdoc/>
    public Task<Profile> Follow(UserInput input) => Call<Profile>(input);
    /// <inheritdoc/>
    public Task<Profile> Unfollow(UserInput input) => Call<Profile>(input);
    /// <inheritdoc/>
    public Task<BlockChanged> Block(UserInput input) => Call<BlockChanged>(input);
    /// <inheritdoc/>
    public Task<BlockChanged> Unblock(UserInput input) => Call<BlockChanged>(input);
    /// <inheritdoc/>
    public Task<Page<UserCard>> ListFollowing(PageInput input) => Call<Page<UserCard>>(input);
    /// <inheritdoc/>
    public Task<Page<UserCard>> ListFollowers(PageInput input) => Call<Page<UserCard>>(input);
    /// <inheritdoc/>
    public Task<Page<UserCard>> ListBlocked(PageInput input) => Call<Page<UserCard>>(input);

    /// <inheritdoc/>
    public Task<IntroAdvice> AdviseIntro(AdviseIntroInput input) => Call<IntroAdvice>(input);
    /// <inheritdoc/>
    public Task<RequestChanged> SendRequest(SendRequestInput input) => Call<RequestChanged>(input);
    /// <inheritdoc/>
    public Task<Page<Request>> ListRequests(ListRequestsInput input) => Call<Page<Request>>(input);
    /// <inheritdoc/>
    public Task<Request> GetRequest(RequestInput input) => Call<Request>(input);
    /// <inheritdoc/>
    public Task<RequestAccepted> AcceptRequest(RequestInput input) => Call<RequestAccepted>(input);
    /// <inheritdoc/>
    public Task<RequestRemoved> DeleteRequest(RequestInput input) => Call<RequestRemoved>(input);
    /// <inheritdoc/>
    public Task<RequestsRemoved> DeleteRequests(DeleteRequestsInput input) => Call<RequestsRemoved>(input);
    /// <inheritdoc/>
    public Task<RequestRestored> RestoreRequest(RequestInput input) => Call<RequestRestored>(input);
    /// <inheritdoc/>
    public Task<RequestChanged> WithdrawRequest(RequestInput input) => Call<RequestChanged>(input);

    /// <inheritdoc/>
    public Task<ConversationChanged> OpenConversation(UserInput input) => Call<ConversationChanged>(input);
    /// <inheritdoc/>
    public Task<Page<Conversation>> ListConversations(ListConversationsInput input) => Call<Page<Conversation>>(input);
    /// <inheritdoc/>
    public Task<Conversation> GetConversation(ConversationInput input) => Call<Conversation>(input);
    /// <inheritdoc/>
    public Task<MessagePage> GetMessages(GetMessagesInput input) => Call<MessagePage>(input);
    /// <inheritdoc/>
    public Task<MessageReceived> SendMessage(SendMessageInput input) => Call<MessageReceived>(input);
    /// <inheritdoc/>
    public Task<MessageChanged> EditMessage(EditMessageInput input) => Call<MessageChanged>(input);
    /// <inheritdoc/>
    public Task<MessageChanged> RemoveMessage(RemoveMessageInput input) => Call<MessageChanged>(input);
    /// <inheritdoc/>
    public Task<MessageChanged> React(ReactInput input) => Call<MessageChanged>(input);
    /// <inheritdoc/>
    public Task<ConversationChanged> UpdateConversation(UpdateConversationInput input) => Call<ConversationChanged>(input);
    /// <inheritdoc/>
    public Task<ConversationChanged> ClearConversation(ClearConversationInput input) => Call<ConversationChanged>(input);
    /// <inheritdoc/>
    public Task<MessagesSeen> MarkSeen(MarkSeenInput input) => Call<MessagesSeen>(input);
    /// <inheritdoc/>
    public Task<Nothing> SetTyping(ConversationInput input) => Call<Nothing>(input);

    /// <inheritdoc/>
    public Task<ReportReceipt> Report(ReportInput input) => Call<ReportReceipt>(input);
    /// <inheritdoc/>
    public Task<SyncPage> Sync(SyncInput input) => Call<SyncPage>(input);

    /// <summary>Each method above has its name on the wire.</summary>
    private async Task<T> Call<T>(object input, [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(input);
        var start = _context.Time.GetTimestamp();
        while (true)
        {
            var generation = _context.Monitor.Generation;
            try
            {
                return await CallOnce<T>(input, method).ConfigureAwait(false);
            }
            catch (ChatHubException e) when (e is { Code: ErrorCodes.RateLimited, RetryAfter: { } wait } && wait <= _context.MaxRateLimitWait)
            {
                await Task.Delay(wait, _context.Time, _cancellation).ConfigureAwait(false);
            }
            catch (ChatHubUnreachableException)
            {
                if (!await ReconnectsAsync(generation, _context.MaxReconnectWait - _context.Time.GetElapsedTime(start)).ConfigureAwait(false))
                    throw;
            }
        }
    }

    /// <summary>Whether a connection after the one that a call found broken, or missing, is established in time.</summary>
    private async Task<bool> ReconnectsAsync(long generation, TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
            return false;
        try
        {
            await _context.Monitor.WaitForGenerationAsync(generation, _cancellation).WaitAsync(timeout, _context.Time, _cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or ChatHubUnreachableException)
        {
            return false;
        }
    }

    /// <summary>What a result changes for the user: most are the change themselves, a report's contains the block it made.</summary>
    private static IVersioned? ChangeOf(object? result) => result is ReportReceipt receipt ? receipt.BlockChanged : result as IVersioned;

    private async Task<T> CallOnce<T>(object input, string method)
    {
        try
        {
            var result = await _context.Connection.InvokeAsync<T>(method, input, _cancellation).ConfigureAwait(false);
            if (ChangeOf(result) is { } change)
                _context.OnResult?.Invoke(change);
            return result;
        }
        catch (HubException e) when (HubFailure.IsRefusal(e))
        {
            throw ChatHubException.FromWire(e.Message);
        }
        catch (InvalidOperationException e)
        {
            throw new ChatHubUnreachableException("There is no connection to the server.", e);
        }
        catch (Exception e) when (HubFailure.IsConnectionLoss(e) && !_cancellation.IsCancellationRequested)
        {
            throw new ChatHubUnreachableException($"The connection broke before the response: {e.GetBaseException().Message}", e);
        }
    }
}
