using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Growth;

/// <summary>The popular user of a data set and some ordinary ones, connected; and every operation that is measured there.</summary>
public sealed class GrowthClient : IAsyncDisposable
{
    private const int Senders = 50;
    private const int DeepPages = 10;
    private const int LargestPage = 100;

    private readonly DataSetSize _size;
    private readonly HubSocket _popular;
    private readonly HubSocket _longChatUser;
    private readonly HubSocket[] _senders;
    private readonly Random _random = new(1);
    private readonly string _deepConversations;
    private readonly string _deepRequests;
    private string _epoch = "";
    private long _version;

    private GrowthClient(DataSetSize size, HubSocket popular, HubSocket longChatUser, HubSocket[] senders, string deepConversations, string deepRequests)
    {
        (_size, _popular, _longChatUser, _senders) = (size, popular, longChatUser, senders);
        (_deepConversations, _deepRequests) = (deepConversations, deepRequests);
    }

    public static async Task<GrowthClient> ConnectAsync(DataSet set)
    {
        var popular = await set.ConnectAsync(0);
        var senders = await Task.WhenAll(Enumerable.Range(0, Senders).Select(i => set.ConnectAsync(Sender(set.Size, i))));
        return new(
            set.Size, popular, await set.ConnectAsync(1), senders,
            await DeepCursorAsync(cursor => ConversationsAsync(popular, cursor, LargestPage)),
            await DeepCursorAsync(cursor => RequestsAsync(popular, cursor, LargestPage / 10)));
    }

    public IReadOnlyList<GrowthOperation> Operations =>
    [
        new("SendMessage", n => SendAsync(_senders[n % Senders], Chat.Of(_size, OwnChat(n % Senders)))),
        new("SendMessage, of 100,000 chats", _ => SendAsync(_popular, AnyPopularChat())),
        new("SendRequest", SendRequestAsync),
        new("ListConversations", async _ => Filled((await ConversationsAsync(_popular, null, 30)).Items)),
        new("ListConversations, deep", async _ => Filled((await ConversationsAsync(_popular, _deepConversations, 30)).Items)),
        new("GetMessages, newest", async _ => Filled((await MessagesAsync(_popular, new() { ConversationId = AnyPopularChat().Id })).Items)),
        new("GetMessages, deep", async _ => Filled((await MessagesAsync(_longChatUser, LongChat(new() { Before = _random.Next(100, _size.LongChat) }))).Items)),
        new("GetMessages, changedAfter", async _ => Filled((await MessagesAsync(_longChatUser, LongChat(new() { ChangedAfter = _random.Next(DataSet.Changes / 2) }))).Items)),
        new("Sync, one change", _ => SyncAsync(1)),
        new("Sync, 1,000 changes", _ => SyncAsync(1_000)),
        new("SearchUsers", _ => SearchAsync()),
        new("ListRequests", async _ => Filled((await RequestsAsync(_popular, null, 30)).Items)),
        new("ListRequests, deep", async _ => Filled((await RequestsAsync(_popular, _deepRequests, 30)).Items)),
        new("GetProfile", _ => ProfileAsync(_random.Next(1, _size.Users))),
        new("GetProfile, of 100,000 followers", _ => ProfileAsync(0)),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in (HubSocket[])[_popular, _longChatUser, .. _senders])
            await socket.DisposeAsync();
    }

    // Ordinary users, far enough from each other that no two of them have a chat.
    private static int Sender(DataSetSize size, int index) => size.FirstOrdinaryUser + (index * ((size.Users - size.FirstOrdinaryUser - 100) / Senders));

    /// <summary>The number of the first chat that a sender is the lower one of.</summary>
    private int OwnChat(int sender) => _size.PopularChats + Sender(_size, sender) - 1;

    private Chat AnyPopularChat() => Chat.Of(_size, _random.Next(_size.PopularChats));

    private GetMessagesInput LongChat(GetMessagesInput input) => input with { ConversationId = Chat.Of(_size, _size.PopularChats).Id };

    private static async Task SendAsync(HubSocket socket, Chat chat)
    {
        var input = new SendMessageInput { ConversationId = chat.Id, Text = "Hello again, how are you?", ClientId = ClientIds.New() };
        await socket.InvokeAsync(nameof(IChatHub.SendMessage), input, ContractJson.Default.SendMessageInput, ContractJson.Default.MessageReceived);
    }

    private async Task SendRequestAsync(int n)
    {
        var sender = Sender(_size, n % Senders);
        // A user whom this sender neither knows nor has asked.
        var recipient = _size.FirstOrdinaryUser + ((sender - _size.FirstOrdinaryUser + 40 + (n / Senders)) % (_size.Users - _size.FirstOrdinaryUser));
        var input = new SendRequestInput { RecipientId = UserDirectory.UserId(recipient), Text = "May I ask?", ClientId = ClientIds.New() };
        await _senders[n % Senders].InvokeAsync(
            nameof(IChatHub.SendRequest), input, ContractJson.Default.SendRequestInput, ContractJson.Default.RequestChanged);
    }

    private static Task<Page<Conversation>> ConversationsAsync(HubSocket socket, string? cursor, int limit) => socket.InvokeAsync(
        nameof(IChatHub.ListConversations), new() { Cursor = cursor, Limit = limit }, ContractJson.Default.ListConversationsInput, ContractJson.Default.PageConversation);

    private static Task<Page<Request>> RequestsAsync(HubSocket socket, string? cursor, int limit) => socket.InvokeAsync(
        nameof(IChatHub.ListRequests), new() { Direction = RequestDirection.Incoming, Cursor = cursor, Limit = limit },
        ContractJson.Default.ListRequestsInput, ContractJson.Default.PageRequest);

    private static Task<MessagePage> MessagesAsync(HubSocket socket, GetMessagesInput input) => socket.InvokeAsync(
        nameof(IChatHub.GetMessages), input, ContractJson.Default.GetMessagesInput, ContractJson.Default.MessagePage);

    /// <summary>Two letters: a full page in both databases, out of some hundred or tens of thousands.</summary>
    private async Task SearchAsync()
    {
        var query = Names.Username(_random.Next(_size.Users))[..2];
        Filled((await _popular.InvokeAsync(
            nameof(IChatHub.SearchUsers), new() { Query = query }, ContractJson.Default.SearchUsersInput, ContractJson.Default.PageUserCard)).Items);
    }

    private async Task ProfileAsync(int user) => await _senders[0].InvokeAsync(
        nameof(IChatHub.GetProfile), new() { UserId = UserDirectory.UserId(user) }, ContractJson.Default.GetProfileInput, ContractJson.Default.Profile);

    /// <summary>Catches up with the popular user's last so many changes, page by page.</summary>
    private async Task SyncAsync(int changes)
    {
        if (_epoch == "")
            (_epoch, _version) = await StateAsync();
        var page = await SyncPageAsync(_version - changes);
        while (page.HasMore)
            page = await SyncPageAsync(page.Version);
        if (page.Reset)
            throw new BenchmarkException("Sync asked for a reset");
        _version = page.Version;
    }

    private async Task<(string Epoch, long Version)> StateAsync()
    {
        var me = await _popular.InvokeAsync(nameof(IChatHub.GetMe), new(), ContractJson.Default.EmptyInput, ContractJson.Default.Me);
        return (me.Epoch, me.Version);
    }

    private Task<SyncPage> SyncPageAsync(long after) => _popular.InvokeAsync(
        nameof(IChatHub.Sync), new() { Epoch = _epoch, After = after, Limit = LargestPage }, ContractJson.Default.SyncInput, ContractJson.Default.SyncPage);

    private static async Task<string> DeepCursorAsync<T>(Func<string?, Task<Page<T>>> readAsync)
    {
        string? cursor = null;
        for (var page = 0; page < DeepPages; page++)
            cursor = (await readAsync(cursor)).NextCursor ?? throw new BenchmarkException("a list is shorter than it should be");
        return cursor!;
    }

    private static void Filled<T>(IReadOnlyCollection<T> items)
    {
        if (items.Count == 0)
            throw new BenchmarkException("an answer is empty that should not be");
    }
}
