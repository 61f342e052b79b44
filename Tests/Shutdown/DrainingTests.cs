using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Shutdown;

/// <summary>SIGTERM to a real server process: it is left without losing a call, and ends in time with exit code 0.</summary>
public sealed class DrainingTests
{
    private const int Chats = 4;
    private const int DrainSeconds = 10;

    // More responses than the sockets between them hold.
    private const int Unread = 100;
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(5);
    private static readonly string Wide = new('李', 4_000);

    [Fact]
    public async Task Drain_under_load_completes_every_executed_call_before_it_closes_the_connection()
    {
        await using var server = await ServerProcess.StartAsync(("Shutdown:DrainSeconds", $"{DrainSeconds}"));
        var clients = new List<BusyClient>();
        for (var i = 0; i < Chats; i++)
        {
            await using var chat = await server.OpenChatAsync();
            clients.Add(await BusyClient.ConnectAsync(server, chat.Alice.Account, chat.Id));
            clients.Add(await BusyClient.ConnectAsync(server, chat.Bob.Account, chat.Id));
        }

        var running = clients.ConvertAll(client => client.RunAsync());
        await Task.WhenAll(clients.Select(client => client.Flowing)).SoonAsync();
        var draining = server.Log.NextAsync("Draining ");
        var clock = Stopwatch.StartNew();
        await server.SignalAsync();
        await draining.SoonAsync();

        // Not ready, but alive, and for those who are here it goes on.
        var ready = await server.HttpAsync("GET", "/health/ready", Credentials.None);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "down"), (ready.Status, ready.Json.GetProperty("dependencies").GetProperty("server").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/health/live", Credentials.None)).Status);
        var refused = await server.HttpAsync("POST", "/hubs/chat/negotiate?negotiateVersion=1", Credentials.None);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(1, await server.RunSwitchAsync("--health"));

        Assert.Equal(0, await server.EndedAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, DrainSeconds / 2.0, 30);
        await Task.WhenAll(running).SoonAsync();
        var stored = await server.Database.ListAsync<string>("SELECT client_id FROM messages WHERE seq > 1");
        Assert.All(clients, client =>
        {
            Assert.Equal([DrainSeconds / 2], client.DrainNotices);
            Assert.Empty(client.Refused);
            // Stock clients then come back by themselves.
            Assert.True(client.Close?.GetProperty("allowReconnect").GetBoolean());
            client.Dispose();
        });
        // Nothing acknowledged is lost, nothing is there that was not acknowledged, nothing twice.
        Assert.Equal(clients.SelectMany(client => client.Acknowledged).Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Drained_client_that_is_behind_and_goes_on_sending_reads_every_response_and_the_close()
    {
        await using var server = await ServerProcess.StartAsync(("Shutdown:DrainSeconds", "4"));
        await using var chat = await server.OpenChatAsync();
        using var idle = await RawHub.ConnectAsync(server, (await Account.BringAsync(server, "carol")).Token);
        using var behind = await RawHub.ConnectAsync(server, chat.Alice.Account.Token, window: null);
        var sending = SendUntilClosedAsync(behind, chat.Id);
        for (var i = 0; i < Unread; i++)
            await chat.Bob.NextAsync<MessageReceived>();
        await server.SignalAsync();
        // They are closed within a moment of each other.
        await idle.NextCloseAsync();
        idle.Dispose();

        var acknowledged = new List<string>();
        JsonElement? message;
        while ((message = await behind.ReceiveAsync()) is { } read && !RawHub.IsClose(read))
        {
            await Task.Delay(Slowness, TestTimeouts.Token);
            if (read.GetProperty("type").GetInt32() == 3)
                acknowledged.Add(read.GetProperty("invocationId").GetString()!);
        }

        Assert.NotNull(message);
        behind.Dispose();
        await sending.SoonAsync();
        Assert.Equal(0, await server.EndedAsync());
        var stored = await server.Database.ListAsync<string>("SELECT client_id FROM messages WHERE seq > 1");
        Assert.Equal(stored.Order(StringComparer.Ordinal), acknowledged.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Drain_without_connections_ends_at_once(string signal)
    {
        await using var server = await ServerProcess.StartAsync(("Shutdown:DrainSeconds", "3600"));
        Assert.True(await server.IsHealthyAsync());

        await server.StopAsync(signal);
    }

    [Theory]
    [InlineData("INT", 1)]
    [InlineData("TERM", 2)]
    public async Task Drain_ends_at_once_for_Ctrl_C_and_for_a_second_signal(string signal, int times)
    {
        await using var server = await ServerProcess.StartAsync(("Shutdown:DrainSeconds", "3600"));
        using var staying = await RawHub.ConnectAsync(server, (await Account.BringAsync(server, "alice")).Token);
        for (var i = 0; i < times; i++)
        {
            var draining = server.Log.NextAsync("Draining ");
            await server.SignalAsync(signal);
            if (i == 0)
                await draining.SoonAsync();
        }

        Assert.Equal(0, await server.EndedAsync());
    }

    private static async Task SendUntilClosedAsync(RawHub hub, string conversationId)
    {
        try
        {
            for (var i = 0; ; i++)
                await hub.CallAsync($"{i}", "SendMessage", $$"""{"conversationId":"{{conversationId}}","text":"{{Wide}}","clientId":"{{i}}"}""");
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed.
        }
    }
}
