using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>Calls to the model server, some of which are lost before or after they are carried out, or delayed.</summary>
internal sealed class FlakyHub(ModelServer server, Random chance) : HubStub
{
    private readonly Lock _gate = new();

    /// <summary>Whether every call succeeds.</summary>
    public bool IsCalm { get; set; }

    /// <summary>Receives every result that arrives.</summary>
    public Action<IVersioned>? OnResult { get; set; }

    public override Task<Me> GetMe(EmptyInput input) => ViaAsync(() => server.GetMe(input));
    public override Task<Page<Conversation>> ListConversations(ListConversationsInput input) => ViaAsync(() => server.ListConversations(input));
    public override Task<Page<Request>> ListRequests(ListRequestsInput input) => ViaAsync(() => server.ListRequests(input));
    public override Task<MessagePage> GetMessages(GetMessagesInput input) => ViaAsync(() => server.GetMessages(input));
    public override Task<SyncPage> Sync(SyncInput input) => ViaAsync(() => server.Sync(input with { Limit = IsCalm ? input.Limit : 1 + Next(5) }));

    public override async Task<MessageReceived> SendMessage(SendMessageInput input)
    {
        var result = await ViaAsync(() => server.SendMessage(input));
        OnResult?.Invoke(result);
        return result;
    }

    private async Task<T> ViaAsync<T>(Func<Task<T>> call)
    {
        await MaybeLoseAsync();
        var result = await call();
        await MaybeLoseAsync();
        return result;
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
