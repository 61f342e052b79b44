using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client;

public sealed class ConnectionTests : IAsyncLifetime
{
    private StubServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StubServer.StartAsync(Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Call_returns_the_typed_result()
    {
        await using var client = await _server.ConnectAsync(Token);

        var me = await client.Hub.WithCancellation(Token).GetMe(new());

        Assert.Equal("alice", me.User.Username);
    }

    [Fact]
    public async Task Connect_sends_the_token_in_the_header_and_not_in_the_query()
    {
        await using var client = await _server.ConnectAsync(Token);

        var (query, authorization) = await _server.Log.FirstConnection.Task.WaitAsync(Token);
        Assert.Equal("", query);
        Assert.Equal($"Bearer {StubServer.GoodToken}", authorization);
    }

    [Fact]
    public async Task Connect_with_a_refused_token_throws_unauthenticated()
    {
        await using var client = _server.Client("stale");

        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => client.ConnectAsync(Token));

        Assert.Equal(ErrorCodes.Unauthenticated, refusal.Code);
    }

    [Fact]
    public async Task Call_that_is_refused_throws_with_code_sentence_and_retryAfter()
    {
        await using var client = await _server.ConnectAsync(Token);

        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => client.Hub.SendRequest(new()));

        Assert.Equal(ErrorCodes.RequestLimitReached, refusal.Code);
        Assert.Equal("No more requests today.", refusal.Message);
        Assert.Equal(TimeSpan.FromSeconds(90), refusal.RetryAfter);
    }

    [Fact]
    public async Task Events_are_raised_with_their_typed_content()
    {
        await using var client = await _server.ConnectAsync(Token);
        var received = new TaskCompletionSource<MessageReceived>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Events.MessageReceived += e => received.TrySetResult(e);

        var sent = await client.Hub.SendMessage(new() { Text = "ğüşiöç 你好 😀" });

        Assert.Equal("ğüşiöç 你好 😀", sent.Message.Text);
        Assert.Equal("Hello yourself", (await received.Task.WaitAsync(Token)).Message.Text);
    }

    [Fact]
    public async Task GetMessages_with_the_largest_page_returns_all_of_it()
    {
        await using var client = await _server.ConnectAsync(Token);

        var page = await client.Hub.WithCancellation(Token).GetMessages(new() { Limit = Limits.PageMax });

        Assert.Equal(Limits.PageMax, page.Items.Count);
        Assert.All(page.Items, message => Assert.Equal(2 * Limits.MessageTextMax, message.Text.Length));
    }

    [Fact]
    public async Task Calls_in_parallel_each_return_their_own_result()
    {
        await using var client = await _server.ConnectAsync(Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => client.Hub.SendMessage(new() { Text = $"{i}" })));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), results.Select(result => result.Message.Text));
    }

    [Fact]
    public async Task Call_above_the_size_limit_is_refused_and_the_connection_stays()
    {
        await using var client = await _server.ConnectAsync(Token);

        var refusal = await Assert.ThrowsAsync<ChatHubException>(
            () => client.Hub.SendMessage(new() { Text = new string('x', Limits.HubMessageBytes) }));

        Assert.Equal(ErrorCodes.InvalidArgument, refusal.Code);
        await client.Hub.GetMe(new());
    }

    [Fact]
    public async Task Call_that_is_cancelled_ends_at_once_and_the_connection_stays()
    {
        await using var client = await _server.ConnectAsync(Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = client.Hub.WithCancellation(cancellation.Token).AdviseIntro(new());
        await _server.Log.Hanging.Task.WaitAsync(Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await client.Hub.GetMe(new());
    }

    [Fact]
    public async Task DisposeAsync_closes_gracefully()
    {
        var client = await _server.ConnectAsync(Token);

        await client.DisposeAsync();

        Assert.Null(await _server.Log.Disconnected.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task Call_in_flight_when_the_server_aborts_throws_unreachable()
    {
        await using var client = await _server.ConnectAsync(Token);
        var call = client.Hub.AdviseIntro(new());
        await _server.Log.Hanging.Task.WaitAsync(Token);

        _ = client.Hub.SetTyping(new());

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => call);
    }

    [Fact]
    public async Task Call_without_a_connection_throws_unreachable()
    {
        await using var client = _server.Client();

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => client.Hub.GetMe(new()));
    }

    [Fact]
    public async Task Connect_to_a_closed_port_throws_unreachable()
    {
        await using var client = new ChatHubClient(new()
        {
            ServerAddress = new(Ports.NextAddress()),
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(null),
        });

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => client.ConnectAsync(Token));
    }

    [Fact]
    public async Task Connect_that_is_cancelled_ends_at_once()
    {
        // Accepts and never responds.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var client = new ChatHubClient(new()
        {
            ServerAddress = new Uri($"http://{silent.LocalEndpoint}"),
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(null),
        });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var connecting = client.ConnectAsync(cancellation.Token);
        using var accepted = await silent.AcceptTcpClientAsync(Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task Call_in_flight_when_the_server_closes_with_an_error_throws_unreachable()
    {
        var (client, socket) = await ConnectWithSocketAsync();
        await using var disposing = client;
        var call = client.Hub.AdviseIntro(new());
        await _server.Log.Hanging.Task.WaitAsync(Token);

        await socket().SendAsync("nonsense\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => call);
    }

    [Fact]
    public async Task Connection_that_breaks_is_established_again()
    {
        var (client, socket) = await ConnectWithSocketAsync();
        await using var disposing = client;
        var reconnected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.StateChanged += state =>
        {
            if (state == ConnectionState.Connected)
                reconnected.TrySetResult();
        };

        socket().Abort();
        await reconnected.Task.WaitAsync(Token);

        await client.Hub.GetMe(new());
    }

    private async Task<(ChatHubClient Client, Func<WebSocket> Socket)> ConnectWithSocketAsync()
    {
        WebSocket? socket = null;
        var options = _server.Options();
        var client = new ChatHubClient(new()
        {
            ServerAddress = options.ServerAddress,
            AccessTokenProvider = options.AccessTokenProvider,
            Protocol = HubProtocolChoice.Json,
            MaxReconnectWait = TimeSpan.Zero,
            OpenWebSocket = async (address, token, cancellationToken) => socket = await options.OpenWebSocket(address, token, cancellationToken),
        });
        await client.ConnectAsync(Token);
        return (client, () => socket!);
    }
}
