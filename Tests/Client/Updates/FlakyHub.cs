using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client;

/// <summary>Calls to the model server that get lost on their way there, or on the way back, or take their time.</summary>
internal sealed class FlakyHub(ModelServer server, Random chance) : HubStub
{
    private readonly Lock _gate = new();

    /// <summary>From now on every call is answered.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Told of every answer that arrives.</summary>
    public Action<IVersioned>? Answered { get; set; }

    public override Task<Me> GetMe(EmptyInput input) => ViaAsync(() => server.GetMe(input));
    public override Task<Page<Conversation>> ListConversations(PageInput input) => ViaAsync(() => server.ListConversations(input));
    public override Task<Page<Request>> ListRequests(ListRequestsInput input) => ViaAsync(() => server.ListRequests(input));
    public override Task<MessagePage> GetMessages(GetMessagesInput input) => ViaAsync(() => server.GetMessages(input));
    public override Task<SyncPage> Sync(SyncInput input) => ViaAsync(() => server.Sync(input with { Limit = IsCalm ? input.Limit : 1 + Next(5) }));

    public override async Task<MessageReceived> SendMessage(SendMessageInput input)
    {
        var answer = await ViaAsync(() => server.SendMessage(input));
        Answered?.Invoke(answer);
        return answer;
    }

    private async Task<T> ViaAsync<T>(Func<Task<T>> call)
    {
        await MaybeLoseAsync();
        var answer = await call();
        await MaybeLoseAsync();
        return answer;
    }

    private async Task MaybeLoseAsync()
    {
        for (var i = Next(4); i > 0; i--)
            await Task.Yield();
        if (!IsCalm && Next(6) == 0)
            throw new ChatHubUnreachableException("Lost.");
    }

    private int Next(int below)
    {
        lock (_gate)
            return chance.Next(below);
    }
}
