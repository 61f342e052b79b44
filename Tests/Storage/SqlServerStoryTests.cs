using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>Real server processes on SQL Server, whatever the other tests run on.</summary>
public sealed class SqlServerStoryTests : IAsyncDisposable
{
    private readonly SqlServerTestDatabase _database = new();
    private readonly List<ServerProcess> _servers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        await _database.DropAsync();
    }

    [Fact]
    public async Task Two_strangers_come_to_chat_and_catch_up()
    {
        var server = await StartAsync();
        await using var alice = await server.ConnectAsync("alice");
        await using var bob = await server.ConnectAsync("bob");
        Assert.Equal(bob.Id, Assert.Single((await alice.Hub.SearchUsers(new() { Query = bob.Account.Username })).Items).UserId);

        var sent = await alice.RequestAsync(bob, "Hello Bob 🚤");
        Assert.Equal("Hello Bob 🚤", (await bob.NextAsync<RequestReceived>()).Request.Text);
        var chat = (await bob.AcceptAsync(sent.Request.RequestId)).Conversation.ConversationId;
        Assert.Equal(1, (await alice.NextAsync<RequestAccepted>()).Conversation.LastSeq);

        var longest = string.Concat(Enumerable.Repeat("🚤", Limits.MessageTextMax));
        var said = await alice.SayAsync(chat, longest);
        Assert.Equal(longest, (await bob.NextAsync<MessageReceived>()).Message.Text);
        await bob.SeeAsync(chat, said.Message.Seq);
        Assert.Equal(said.Message.Seq, (await alice.NextAsync<MessagesSeen>()).Seq);

        var page = await alice.Hub.Sync(new() { After = 0 });
        Assert.Equal((chat, MessageStatus.Seen), (Assert.Single(page.Conversations).ConversationId, page.Conversations[0].LastMessage!.Status));
        Assert.Equal(RequestState.Accepted, Assert.Single(page.Requests).State);
        Assert.Equal(await alice.VersionAsync(), page.Version);
        Assert.Equal([1L, 2], (await bob.Hub.GetMessages(new() { ConversationId = chat })).Items.Select(m => m.Seq));
    }

    [Fact]
    public async Task What_one_instance_has_written_holds_on_the_very_next_call_to_another()
    {
        var (first, second) = (await StartAsync(), await StartAsync());
        await using var chat = await first.OpenChatAsync();
        await using var elsewhere = await OnAsync(second, chat.Alice);
        for (var i = 0; i < 20; i++)
        {
            await chat.Bob.Hub.Block(new() { UserId = chat.Alice.Id });
            await Wire.RefusedAsync(ErrorCodes.MessagingUnavailable, elsewhere.SayAsync(chat.Id, "Still there?"));
            await chat.Bob.Hub.Unblock(new() { UserId = chat.Alice.Id });
            Assert.Equal(i + 2, (await elsewhere.SayAsync(chat.Id, "Now?")).Message.Seq);
        }
    }

    [Fact]
    public async Task One_clientId_from_two_instances_at_once_is_one_message()
    {
        var (first, second) = (await StartAsync(), await StartAsync());
        await using var chat = await first.OpenChatAsync();
        await using var elsewhere = await OnAsync(second, chat.Alice);
        for (var i = 0; i < 20; i++)
        {
            var clientId = UserActions.NewClientId();
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
                n => (n % 2 == 0 ? chat.Alice : elsewhere).SayAsync(chat.Id, "Once", clientId)));

            Assert.All(answers, answer => Assert.Equal(i + 2, answer.Message.Seq));
            Assert.Single(answers, answer => answer.Version > 0);
        }
    }

    [Fact]
    public async Task Client_ids_and_names_differ_by_spaces_and_case()
    {
        await using var chat = await (await StartAsync()).OpenChatAsync();
        string[] ids = ["c", "C", "c ", "c  ", " c"];
        foreach (var id in ids)
            Assert.True((await chat.Alice.SayAsync(chat.Id, "One of five", id)).Version > 0);
        foreach (var id in ids)
            Assert.Equal(id, (await chat.Alice.SayAsync(chat.Id, "One of five", id)).Message.ClientId);

        await Wire.RefusedAsync(ErrorCodes.UserNotFound, chat.Alice.Hub.GetProfile(new() { UserId = chat.Bob.Id + " " }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, chat.Alice.Hub.GetProfile(new() { UserId = chat.Bob.Id.ToUpperInvariant() }));
        await Wire.RefusedAsync(ErrorCodes.UserNotFound, chat.Alice.Hub.GetProfile(new() { Username = chat.Bob.Account.Username + " " }));
        await Wire.RefusedAsync(ErrorCodes.ConversationNotFound, chat.Alice.Hub.GetConversation(new() { ConversationId = chat.Id + " " }));
    }

    [Fact]
    public async Task Many_at_once_in_one_chat_over_two_instances_leave_no_gap_and_no_wrong_count()
    {
        var (first, second) = (await StartAsync(), await StartAsync());
        await using var chat = await first.OpenChatAsync();
        await using var alice = await OnAsync(second, chat.Alice);
        await using var bob = await OnAsync(second, chat.Bob);

        Device[] devices = [chat.Alice, alice, chat.Bob, bob];
        await Task.WhenAll(devices.Select(async device =>
        {
            for (var i = 0; i < 50; i++)
                await device.SayAsync(chat.Id, "x");
        }));

        var conversation = await bob.Hub.GetConversation(new() { ConversationId = chat.Id });
        Assert.Equal((201, 100), (conversation.LastSeq, conversation.UnreadCount));
        Assert.Equal(100, (await bob.Hub.GetMe(new())).Badges.UnreadMessages);
        await bob.SeeAsync(chat.Id, 201);
        Assert.Equal(new Badges(), (await chat.Bob.Hub.GetMe(new())).Badges);
    }

    private async Task<ServerProcess> StartAsync()
    {
        var server = await ServerProcess.StartAsync(_database.Settings);
        _servers.Add(server);
        return server;
    }

    private static Task<Device> OnAsync(ServerProcess server, Device device) =>
        new Account(server.Address, device.Account.Session).ConnectAsync();
}
