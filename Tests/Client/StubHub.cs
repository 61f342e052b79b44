using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Tests.Client;

/// <summary>A hub with a few methods and fixed results.</summary>
#pragma warning disable CA1822 // SignalR calls instance methods only.
internal sealed class StubHub(StubHubLog log) : Hub
{
    public override Task OnConnectedAsync()
    {
        var request = Context.GetHttpContext()!.Request;
        log.FirstConnection.TrySetResult((request.QueryString.Value ?? "", $"{request.Headers.Authorization}"));
        if (log.ClosesConnections)
            Context.Abort();
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        log.Disconnected.TrySetResult(exception);
        return Task.CompletedTask;
    }

    public Me GetMe(EmptyInput _) => Sample.Me("alice") with { Version = log.Version };

    public Page<Conversation> ListConversations(PageInput _) => new() { Items = [] };

    public Page<Request> ListRequests(ListRequestsInput _) => new() { Items = [] };

    public SyncPage Sync(SyncInput _) => new()
    {
        Epoch = Sample.Me("alice").Epoch,
        Version = log.Version,
        HasMore = false,
        Reset = false,
        Me = GetMe(new()),
        Conversations = [],
        Requests = [],
        RemovedRequestIds = [],
    };

    /// <summary>Never responds.</summary>
    public Task<IntroAdvice> AdviseIntro(AdviseIntroInput _)
    {
        log.Hanging.TrySetResult();
        return new TaskCompletionSource<IntroAdvice>().Task.WaitAsync(Context.ConnectionAborted);
    }

    public Profile GetProfile(GetProfileInput input) => input.Username == "bob"
        ? new() { UserId = "id-bob", Username = "bob", DisplayName = "Bob", MessageButton = new() { State = ButtonState.Message } }
        : throw new HubException($"user_not_found: There is no user {input.Username}.");

    public ConversationChanged OpenConversation(UserInput _) => new()
    {
        Version = log.NextVersion(),
        Conversation = new() { ConversationId = "c", Peer = Sample.Card("bob"), State = ConversationState.Open, OpenedAt = Sample.Noon, UpdatedAt = Sample.Noon },
        Badges = new(),
    };

    /// <summary>Rate limited the first time.</summary>
    public ReportReceipt Report(ReportInput input) => log.Reports++ == 0
        ? throw new HubException("rate_limited;retryAfter=20: Slow down.")
        : new() { ReportId = "report", BlockChanged = input.Block == true ? Blocked(input.UserId!) : null };

    public RequestChanged SendRequest(SendRequestInput _) =>
        throw new HubException("request_limit_reached;retryAfter=90: No more requests today.");

    /// <summary>The peer replies at once: the event overtakes the result.</summary>
    public async Task<MessageReceived> SendMessage(SendMessageInput input)
    {
        var sent = Received(Sample.Message(1, input.Text!));
        await Clients.Caller.SendAsync(nameof(IChatClient.MessageReceived), Received(Sample.Message(2, "Hello yourself", "bob")));
        return sent;
    }

    /// <summary>A new chat is empty; a page with a limit is full of the longest messages.</summary>
    public MessagePage GetMessages(GetMessagesInput input) => new()
    {
        Items = [.. Enumerable.Range(1, input.Limit ?? 0).Select(seq => Sample.Message(seq, string.Concat(Enumerable.Repeat("😀", Limits.MessageTextMax))))],
        HasMore = false,
    };

    /// <summary>Aborts the connection.</summary>
    public void SetTyping(ConversationInput _) => Context.Abort();

    private BlockChanged Blocked(string userId) => new() { Version = log.NextVersion(), UserId = userId, YouBlocked = true, RemovedRequestIds = [], Badges = new() };

    private MessageReceived Received(Message message) => new() { Version = log.NextVersion(), Message = message, UnreadCount = 0, Badges = new() };
}
