using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>What answers to one user hold in memory is bounded; who does not read waits, and others do not.</summary>
[Collection(nameof(SerialCollection))]
public sealed class AnswerBudgetTests
{
    private const int Messages = 100;

    // As many as fit into a page of 256 KiB.
    private const int PageMessages = 21;

    // More than the buffers of both sockets hold.
    private const int Calls = 48;

    // 12 KB in UTF-8, and twice that as JSON.
    private static readonly string LongText = new('李', 4_000);

    [Fact]
    public async Task Server_with_512_MB_survives_four_accounts_that_ask_for_pages_and_never_read()
    {
        await using var server = await ServerProcess.StartAsync(
            ("DOTNET_GCHeapHardLimit", (512 * 1024 * 1024).ToString("x", CultureInfo.InvariantCulture)));
        await using var one = await LongChatAsync(server);
        await using var other = await LongChatAsync(server);
        await using var bystander = await server.OpenChatAsync();
        var sockets = new List<RawHub>();
        try
        {
            foreach (var (device, chat) in ((Device, string)[])[(one.Alice, one.Id), (one.Bob, one.Id), (other.Alice, other.Id), (other.Bob, other.Id)])
            {
                for (var i = 0; i < 20; i++)
                    sockets.Add(await AskForPagesAsync(server, device, chat));
            }

            for (var seq = 2; seq < 102; seq++)
            {
                Assert.Equal(seq, (await bystander.Alice.SayAsync(bystander.Id, "Still here?")).Message.Seq);
                Assert.Equal(seq, (await bystander.Bob.NextAsync<MessageReceived>()).Message.Seq);
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        // And they are served again once they are gone.
        Assert.Equal(PageMessages, (await one.Alice.Hub.GetMessages(new() { ConversationId = one.Id, Limit = Messages })).Items.Count);
    }

    [Fact]
    public async Task User_waits_for_a_stuck_connection_of_their_own_until_it_is_closed()
    {
        await using var server = await InProcessServer.StartAsync();
        await using var chat = await LongChatAsync(server);
        // Another timer of 30 s was set when the server started: the one below is a call's.
        server.Time.Advance(TimeSpan.FromSeconds(1));
        using var stuck = await AskForPagesAsync(server, chat.Bob, chat.Id);

        // Once the answers in flight are as many as may be, the next call waits.
        Task<Me> waiting;
        do
        {
            waiting = chat.Bob.Hub.GetMe(new());
        }
        while (await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(1), TestTimeouts.Token)) == waiting);
        Assert.Equal(chat.Alice.Id, (await chat.Alice.Hub.GetMe(new())).User.UserId);

        await server.Time.TimerSetAsync(TimeSpan.FromSeconds(30)).SoonAsync();
        server.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(chat.Bob.Id, (await waiting.SoonAsync()).User.UserId);
    }

    [Fact]
    public async Task Client_that_reads_gets_every_page_however_many_it_asks_for_at_once()
    {
        await using var server = await InProcessServer.StartAsync();
        await using var chat = await LongChatAsync(server);
        var pages = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => chat.Bob.Hub.GetMessages(new() { ConversationId = chat.Id, Limit = 20 })));
        Assert.All(pages, page => Assert.Equal(20, page.Items.Count));
    }

    private static async Task<Chat> LongChatAsync(ITestServer server)
    {
        var chat = await server.OpenChatAsync();
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(_ => chat.Alice.SayAsync(chat.Id, LongText)));
        return chat;
    }

    /// <summary>One connection with many calls, whose answers nothing reads.</summary>
    private static async Task<RawHub> AskForPagesAsync(ITestServer server, Device device, string chat)
    {
        var hub = await RawHub.ConnectAsync(server, device.Account.Token);
        for (var i = 0; i < Calls; i++)
            await hub.SendAsync($$"""{"type":1,"invocationId":"{{i}}","target":"GetMessages","arguments":[{"conversationId":"{{chat}}","limit":{{Messages}}}]}""");
        return hub;
    }
}
