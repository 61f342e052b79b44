using System.Net;
using System.Net.Sockets;
using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>Renewed tokens, servers that drain or are down, and retryAfter.</summary>
public sealed class StayingConnectedTests : IAsyncLifetime
{
    private StubServer _server = null!;
    private StubServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StubServer.StartAsync(TestTimeouts.Token);
        _other = await StubServer.StartAsync(TestTimeouts.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Connect_with_a_refused_token_renews_it()
    {
        await using var client = new ChatHubClient(Options("stale", renewed: StubServer.GoodToken));

        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();

        await client.Hub.GetMe(new()).SoonAsync();
    }

    [Fact]
    public async Task Updates_after_the_renewed_token_is_refused_fail_with_unauthenticated()
    {
        await using var messenger = new ChatHubMessenger(Options("stale", renewed: "staler"));
        messenger.Start();

        await Wire.RefusedAsync(ErrorCodes.Unauthenticated, messenger.WaitForConnectionAsync(TestTimeouts.Token));
        await Wire.RefusedAsync(ErrorCodes.Unauthenticated, ReadAsync(messenger));
    }

    [Fact]
    public async Task Connect_when_the_first_address_is_down_uses_the_next()
    {
        await using var messenger = new ChatHubMessenger(Options(StubServer.GoodToken, server: new(Ports.NextAddress()), others: [_server.Address]));

        messenger.Start();

        await messenger.WaitForConnectionAsync(TestTimeouts.Token).SoonAsync();
    }

    [Fact]
    public async Task ServerDraining_moves_the_client_to_another_address()
    {
        await using var client = new ChatHubClient(Options(StubServer.GoodToken, others: [_other.Address]));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();

        // A client knows of its connection a moment before the hub does.
        await _server.Log.FirstConnection.Task.SoonAsync();
        await _server.DrainAsync();

        await _other.Log.FirstConnection.Task.SoonAsync();
    }

    [Fact]
    public async Task ServerDraining_fails_no_call()
    {
        await using var client = new ChatHubClient(Options(StubServer.GoodToken, others: [_other.Address]));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        await _server.Log.FirstConnection.Task.SoonAsync();
        var moved = _other.Log.FirstConnection.Task.SoonAsync();
        var calls = 0;

        await _server.DrainAsync();
        while (!moved.IsCompleted || calls < 10)
        {
            await client.Hub.GetMe(new()).SoonAsync();
            calls++;
        }

        await moved;
    }

    [Fact]
    public async Task Call_whose_connection_breaks_is_repeated_on_the_next()
    {
        await using var client = new ChatHubClient(Options(StubServer.GoodToken, others: [_other.Address]));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        var call = client.Hub.AdviseIntro(new());
        await _server.Log.Hanging.Task.SoonAsync();

        await _server.DrainAsync();

        await _other.Log.Hanging.Task.SoonAsync();
        Assert.False(call.IsCompleted);
    }

    [Fact]
    public async Task Call_without_a_connection_waits_no_longer_than_MaxReconnectWait()
    {
        await using var client = new ChatHubClient(Options(StubServer.GoodToken, maxReconnectWait: 20));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        await _server.DisposeAsync();

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => client.Hub.GetMe(new())).SoonAsync();
    }

    [Fact]
    public async Task Call_of_a_messenger_waits_for_the_first_connection()
    {
        await using var messenger = new ChatHubMessenger(Options(StubServer.GoodToken));
        messenger.Start();

        Assert.Equal("alice", (await messenger.Hub.GetMe(new()).SoonAsync()).User.Username);
    }

    [Fact]
    public async Task Call_that_waits_for_a_connection_fails_when_the_messenger_is_disposed()
    {
        var messenger = new ChatHubMessenger(Options(StubServer.GoodToken));
        var call = messenger.Hub.GetMe(new());

        await messenger.DisposeAsync();

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => call).SoonAsync();
    }

    [Fact]
    public async Task Connect_to_a_server_that_never_responds_uses_the_next_address_after_ConnectTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var messenger = new ChatHubMessenger(Options(
            StubServer.GoodToken, server: new Uri($"http://{silent.LocalEndpoint}"), others: [_server.Address], connectTimeout: 100));

        messenger.Start();

        await messenger.WaitForConnectionAsync(TestTimeouts.Token).SoonAsync();
    }

    [Fact]
    public async Task Connect_when_the_token_cannot_be_fetched_retries()
    {
        var calls = 0;
        await using var messenger = new ChatHubMessenger(new()
        {
            ServerAddress = _server.Address,
            AccessTokenProvider = _ => calls++ == 0 ? throw new HttpRequestException("No network.") : ValueTask.FromResult<string?>(StubServer.GoodToken),
        });

        messenger.Start();

        await messenger.WaitForConnectionAsync(TestTimeouts.Token).SoonAsync();
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Connections_that_are_closed_at_once_are_made_less_and_less_often()
    {
        _server.Log.ClosesConnections = true;
        var time = new SkippedDelays();
        await using var messenger = new ChatHubMessenger(new()
        {
            ServerAddress = _server.Address,
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(StubServer.GoodToken),
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            MaxReconnectWait = TimeSpan.FromDays(1),
            TimeProvider = time,
        });
        messenger.Start();

        // Each delay is a random part of its span: 12 of them within the first span are no chance.
        var delays = new List<TimeSpan>();
        while (delays.Count < 12)
            delays.Add(await time.Skipped.NextAsync());

        Assert.InRange(delays.Max(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Connection_counts_as_a_failure_unless_it_has_lasted()
    {
        var time = new ManualTime();
        var backoff = new ConnectionBackoff(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), time);
        var policy = new InfiniteRetryPolicy(backoff);

        Assert.InRange(Longest(TimeSpan.FromSeconds(9)), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.InRange(Longest(TimeSpan.FromSeconds(10)), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        TimeSpan Longest(TimeSpan lasting) => Enumerable.Range(0, 20).Max(_ =>
        {
            backoff.OnConnected();
            time.Advance(lasting);
            return policy.NextRetryDelay(new() { RetryReason = new IOException() })!.Value;
        });
    }

    [Fact]
    public void Backoff_adds_retryAfter_before_its_own_delay()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        var refusal = new ChatHubException(ErrorCodes.RateLimited, "Too many.", TimeSpan.FromSeconds(60));

        Assert.InRange(backoff.NextAfter(refusal, 0).TotalSeconds, 60, 61);
        Assert.InRange(backoff.NextAfter(new IOException(), 0).TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task Call_that_is_rate_limited_is_repeated_after_retryAfter()
    {
        await using var client = new ChatHubClient(Options(StubServer.GoodToken));
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();

        var receipt = await client.Hub.Report(new()).SoonAsync();

        Assert.Equal("report", receipt.ReportId);
        Assert.Equal(2, _server.Log.Reports);
    }

    [Fact]
    public async Task Report_that_blocks_is_delivered_as_a_block()
    {
        await using var messenger = new ChatHubMessenger(Options(StubServer.GoodToken));
        messenger.Start();
        await using var updates = messenger.Updates.GetAsyncEnumerator(TestTimeouts.Token);

        // Behind the load, and behind the catching up after the connection.
        await ReadToAsync<InboxReady>(updates);
        await ReadToAsync<InboxReady>(updates);
        await messenger.Hub.Report(new() { UserId = "id-bob", Block = true }).SoonAsync();
        await _server.SendAsync(nameof(IChatClient.Typing), new Typing { ConversationId = "c", UserId = "id-bob" });

        Assert.Contains(new BlockUpdate("id-bob", YouBlocked: true), await ReadToAsync<TypingUpdate>(updates));
    }

    [Fact]
    public async Task Updates_are_read_once_and_complete_when_the_messenger_is_disposed()
    {
        var messenger = new ChatHubMessenger(Options(StubServer.GoodToken));
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
    public void Backoff_grows_up_to_the_maximum(long attempts, int span)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        var delays = Enumerable.Range(0, 200).Select(_ => backoff.Next(attempts).TotalSeconds).ToList();

        Assert.InRange(delays.Min(), 0, span / 2.0);
        Assert.InRange(delays.Max(), span / 2.0, span);
    }

    private static async Task<List<Update>> ReadToAsync<T>(IAsyncEnumerator<Update> updates)
        where T : Update
    {
        var read = new List<Update>();
        while (await updates.MoveNextAsync().AsTask().SoonAsync() && updates.Current is not T)
            read.Add(updates.Current);
        return read;
    }

    private static async Task ReadAsync(ChatHubMessenger messenger)
    {
        await foreach (var _ in messenger.Updates)
        {
        }
    }

    // On the fast clock a second is short: the defaults are generous.
    private ChatHubMessengerOptions Options(
        string token, string? renewed = null, Uri? server = null, Uri[]? others = null, int connectTimeout = 1_000, int maxReconnectWait = 3_000) => new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(connectTimeout),
            MaxReconnectWait = TimeSpan.FromSeconds(maxReconnectWait),
            InitialRetryDelay = TimeSpan.FromMilliseconds(100),
            ServerAddress = server ?? _server.Address,
            OtherServerAddresses = others ?? [],
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(token),
            AccessTokenRenewer = renewed is null ? null : _ => ValueTask.FromResult<string?>(renewed),
            TimeProvider = new FastTime(),
        };

    /// <summary>The real clock, on which the delays between attempts to connect have passed at once.</summary>
    private sealed class SkippedDelays : TimeProvider
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

        public ReceivedQueue<TimeSpan> Skipped { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan || dueTime > Longest)
                return System.CreateTimer(callback, state, dueTime, period);
            Skipped.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
