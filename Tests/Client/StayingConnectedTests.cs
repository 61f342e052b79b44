using System.Net;
using System.Net.Sockets;
using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>Tokens that are renewed, servers that drain or are not there, waits that are asked for.</summary>
public sealed class StayingConnectedTests : IAsyncLifetime
{
    private TinyServer _server = null!;
    private TinyServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TinyServer.StartAsync(TestTimeouts.Token);
        _other = await TinyServer.StartAsync(TestTimeouts.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_token_is_renewed()
    {
        await using var client = new ChatHubClient(Options("stale", renewed: TinyServer.GoodToken));

        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();

        await client.Hub.GetMe(new()).SoonAsync();
    }

    [Fact]
    public async Task A_renewed_token_that_is_refused_too_ends_the_updates()
    {
        await using var messenger = new ChatHubMessenger(Options("stale", renewed: "staler"));
        messenger.Start();

        await Wire.RefusedAsync(ErrorCodes.Unauthenticated, messenger.WhenConnectedAsync(TestTimeouts.Token));
        await Wire.RefusedAsync(ErrorCodes.Unauthenticated, ReadAsync(messenger));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_passed_over()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var address = new Uri($"http://{nobody.LocalEndpoint}");
        nobody.Stop();
        await using var messenger = new ChatHubMessenger(Options(TinyServer.GoodToken, server: address, others: [_server.Address]));

        messenger.Start();

        await messenger.WhenConnectedAsync(TestTimeouts.Token).SoonAsync();
    }

    [Fact]
    public async Task A_draining_server_is_left_for_another()
    {
        await using var client = new ChatHubClient(Options(TinyServer.GoodToken, others: [_other.Address]));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();

        await _server.DrainAsync();

        await _other.Log.Query.Task.SoonAsync();
    }

    [Fact]
    public async Task No_call_fails_while_a_draining_server_is_left()
    {
        await using var client = new ChatHubClient(Options(TinyServer.GoodToken, others: [_other.Address]));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        var left = _other.Log.Query.Task;
        var calls = 0;

        await _server.DrainAsync();
        while (!left.IsCompleted || calls < 10)
        {
            await client.Hub.GetMe(new()).SoonAsync();
            calls++;
        }
    }

    [Fact]
    public async Task A_call_whose_connection_breaks_is_made_again_on_the_next_one()
    {
        await using var client = new ChatHubClient(Options(TinyServer.GoodToken, others: [_other.Address]));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        var call = client.Hub.Sync(new());
        await _server.Log.Hanging.Task.SoonAsync();

        await _server.DrainAsync();

        await _other.Log.Hanging.Task.SoonAsync();
        Assert.False(call.IsCompleted);
    }

    [Fact]
    public async Task A_call_waits_no_longer_for_a_connection_than_it_was_told()
    {
        await using var client = new ChatHubClient(Options(TinyServer.GoodToken, waitForConnection: 20));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        await _server.DisposeAsync();

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => client.Hub.GetMe(new())).SoonAsync();
    }

    [Fact]
    public async Task A_messengers_call_waits_for_its_first_connection()
    {
        await using var messenger = new ChatHubMessenger(Options(TinyServer.GoodToken));
        messenger.Start();

        Assert.Equal("alice", (await messenger.Hub.GetMe(new()).SoonAsync()).User.Username);
    }

    [Fact]
    public async Task A_waiting_call_ends_with_the_messenger()
    {
        var messenger = new ChatHubMessenger(Options(TinyServer.GoodToken));
        var call = messenger.Hub.GetMe(new());

        await messenger.DisposeAsync();

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => call).SoonAsync();
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_passed_over()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var messenger = new ChatHubMessenger(Options(
            TinyServer.GoodToken, server: new Uri($"http://{silent.LocalEndpoint}"), others: [_server.Address], connectWithin: 100));

        messenger.Start();

        await messenger.WhenConnectedAsync(TestTimeouts.Token).SoonAsync();
    }

    [Fact]
    public async Task A_token_that_cannot_be_fetched_is_asked_for_again()
    {
        var asked = 0;
        await using var messenger = new ChatHubMessenger(new()
        {
            ServerAddress = _server.Address,
            AccessTokenProvider = _ => asked++ == 0 ? throw new HttpRequestException("No network.") : ValueTask.FromResult<string?>(TinyServer.GoodToken),
        });

        messenger.Start();

        await messenger.WhenConnectedAsync(TestTimeouts.Token).SoonAsync();
        Assert.Equal(2, asked);
    }

    [Fact]
    public void A_wait_that_was_asked_for_comes_before_ones_own()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        var refusal = new ChatHubException(ErrorCodes.RateLimited, "Too many.", TimeSpan.FromSeconds(60));

        Assert.InRange(backoff.NextAfter(refusal, 0).TotalSeconds, 60, 61);
        Assert.InRange(backoff.NextAfter(new IOException(), 0).TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task A_rate_limited_call_is_made_again_after_the_wait()
    {
        await using var client = new ChatHubClient(Options(TinyServer.GoodToken));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();

        var receipt = await client.Hub.Report(new()).SoonAsync();

        Assert.Equal("report", receipt.ReportId);
        Assert.Equal(2, _server.Log.Reports);
    }

    [Fact]
    public async Task The_updates_are_read_once_and_end_with_the_messenger()
    {
        var messenger = new ChatHubMessenger(Options(TinyServer.GoodToken));
        messenger.Start();
        var reading = ReadAsync(messenger);

        Assert.Throws<InvalidOperationException>(() => messenger.Updates);
        Assert.Throws<InvalidOperationException>(messenger.Start);
        await messenger.DisposeAsync();

        await reading.SoonAsync();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 8)]
    [InlineData(4, 10)]
    [InlineData(long.MaxValue, 10)]
    public void Waits_grow_up_to_the_longest(long attempts, int span)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        var waits = Enumerable.Range(0, 200).Select(_ => backoff.Next(attempts).TotalSeconds).ToList();

        Assert.InRange(waits.Min(), 0, span / 2.0);
        Assert.InRange(waits.Max(), span / 2.0, span);
    }

    private static async Task ReadAsync(ChatHubMessenger messenger)
    {
        await foreach (var _ in messenger.Updates)
        {
        }
    }

    // On the fast clock a second is over in no time: what is not tried has plenty.
    private ChatHubMessengerOptions Options(
        string token, string? renewed = null, Uri? server = null, Uri[]? others = null, int connectWithin = 1_000, int waitForConnection = 3_000) => new()
        {
            ConnectWithin = TimeSpan.FromSeconds(connectWithin),
            LongestReconnectWait = TimeSpan.FromSeconds(waitForConnection),
            FirstRetryWithin = TimeSpan.FromMilliseconds(100),
            ServerAddress = server ?? _server.Address,
            OtherServerAddresses = others ?? [],
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(token),
            AccessTokenRenewer = renewed is null ? null : _ => ValueTask.FromResult<string?>(renewed),
            TimeProvider = new FastTime(),
        };
}
