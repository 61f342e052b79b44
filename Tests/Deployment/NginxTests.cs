using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using ChatHub.Contracts;
using ChatHub.Tests.Faults;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Deployment;

/// <summary>Two server processes behind a real nginx with the configuration that docker-compose mounts.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private ServerProcess _first = null!;
    private ServerProcess _second = null!;
    private Nginx _nginx = null!;

    public async ValueTask InitializeAsync()
    {
        Tool.Find("nginx");
        try
        {
            await StartAsync();
        }
        catch
        {
            // The framework disposes only what was initialised.
            await DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        (string, string)[] settings =
            [("Http:KnownProxies:0", "127.0.0.1"), ("Limits:SignUpsPerMinute", "2"), ("Shutdown:DrainSeconds", "4")];
        _first = await ServerProcess.StartAsync(settings);
        _second = await ServerProcess.StartAsync([.. settings, .. _first.Database.Settings]);
        _nginx = await Nginx.StartAsync(_first, _second);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_nginx, _second, _first])
        {
            if (part is not null)
                await part.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nginx_balances_connections_and_logs_no_token()
    {
        var account = await Account.BringAsync(_nginx, "alice");
        var hubs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RawHub.ConnectAsync(_nginx, account.Token)));
        foreach (var hub in hubs)
        {
            // Not sticky: each has its own instance, and both answer the same.
            Assert.Equal(account.Id, (await hub.InvokeAsync("GetMe", "{}")).GetProperty("result").GetProperty("user").GetProperty("userId").GetString());
            hub.Dispose();
        }

        await _second.KillAsync();
        for (var i = 0; i < 3; i++)
            (await RawHub.ConnectAsync(_nginx, account.Token)).Dispose();

        // nginx writes a connection's line when it is over.
        var clock = Stopwatch.StartNew();
        while (_nginx.Logs is var logs && Lines(logs, _first) + Lines(logs, _second) < hubs.Length + 3)
        {
            Assert.True(clock.Elapsed < TestTimeouts.Limit, logs);
            await Task.Delay(50, TestTimeouts.Token);
        }

        Assert.NotEqual(0, Lines(_nginx.Logs, _first));
        Assert.NotEqual(0, Lines(_nginx.Logs, _second));
        Assert.DoesNotContain(account.Token, _nginx.Logs, StringComparison.Ordinal);
        Assert.DoesNotContain("access_token", _nginx.Logs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Official_client_completes_the_story_when_one_instance_is_gone()
    {
        await _first.KillAsync();

        Assert.Equal(["story completed"], await Node.RunAsync("story.mjs", [$"{_nginx.Address}", "json"], []));
    }

    [Fact]
    public async Task Sign_ups_are_counted_by_the_clients_own_address()
    {
        // One instance, so that one of them counts all.
        await _second.KillAsync();
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync("127.0.0.66"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync("127.0.0.66"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUpAsync("127.0.0.66"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync("127.0.0.67"));
    }

    [Fact]
    public async Task Rolling_restart_behind_nginx_loses_nothing()
    {
        LoadClient alice, bob;
        ChatLoad talk;
        // At one of them, where events are live with and without a backplane.
        await using (var chat = await _first.OpenChatAsync())
        {
            alice = await LoadClient.StartAsync(chat.Alice.Account, _nginx.Address);
            bob = await LoadClient.StartAsync(chat.Bob.Account, _nginx.Address);
            talk = new ChatLoad(chat.Id, alice, bob);
        }

        foreach (var server in (ServerProcess[])[_first, _second])
        {
            await talk.GoOnAsync();
            await server.StopAsync();
            await server.RestartAsync();
        }

        await talk.GoOnAsync();
        await talk.EndAsync();
        await talk.DisposeAsync();
        await alice.DisposeAsync();
        await bob.DisposeAsync();
    }

    /// <summary>How many connections ended at this instance.</summary>
    private static int Lines(string logs, ServerProcess server) => logs.Split('\n').Count(line =>
        line.Contains(Limits.HubPath, StringComparison.Ordinal) && line.EndsWith(server.Address.Authority, StringComparison.Ordinal));

    [Fact]
    public async Task Official_client_reconnects_when_its_instance_drains()
    {
        var alice = await Account.BringAsync(_nginx, "alice");
        var bob = await Account.BringAsync(_nginx, "bob");
        await using var atFirst = await Device.ConnectAsync(_first.Address, bob);
        await using var atSecond = await Device.ConnectAsync(_second.Address, bob);

        var staying = Node.RunAsync("stay.mjs", [$"{_nginx.Address}", alice.Token, bob.Id], []);
        // The instance that executed the call has pushed to bob; with a backplane, the other one too.
        await await Task.WhenAny(staying, atFirst.NextAsync<RequestReceived>(), atSecond.NextAsync<RequestReceived>());
        foreach (var server in (ServerProcess[])[_first, _second])
        {
            await server.StopAsync();
            await server.RestartAsync();
        }

        Assert.Equal([alice.Id], await staying);
    }

    private async Task<HttpStatusCode> SignUpAsync(string from)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        // What a client claims is dropped.
        http.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{Random.Shared.Next(256)}");
        var input = new SignUpInput { Username = Account.UniqueName("carol"), Password = Account.Password, BirthDate = "1990-05-17" };
        using var answer = await http.PostAsJsonAsync(
            new Uri(_nginx.Address, "/api/accounts"), input, ContractJson.Default.Options, TestTimeouts.Token).SoonAsync();
        return answer.StatusCode;
    }
}
