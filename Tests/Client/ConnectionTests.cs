using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client;

public sealed class ConnectionTests : IAsyncLifetime
{
    private TinyServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TinyServer.StartAsync(Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_call_is_answered_with_the_typed_shape()
    {
        await using var client = await _server.ConnectAsync(Token);

        var me = await client.Hub.WithCancellation(Token).GetMe(new());

        Assert.Equal("alice", me.User.Username);
    }

    [Fact]
    public async Task The_token_travels_in_the_header_and_never_in_the_query_string()
    {
        await using var client = await _server.ConnectAsync(Token);

        Assert.Equal("", await _server.Log.Query.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task A_refused_token_is_unauthenticated()
    {
        await using var client = _server.Client("stale");

        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => client.ConnectAsync(Token));

        Assert.Equal(ErrorCodes.Unauthenticated, refusal.Code);
    }

    [Fact]
    public async Task A_refusal_carries_its_code_its_sentence_and_its_wait()
    {
        await using var client = await _server.ConnectAsync(Token);

        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => client.Hub.SendRequest(new()));

        Assert.Equal(ErrorCodes.RequestLimitReached, refusal.Code);
        Assert.Equal("No more requests today.", refusal.Message);
        Assert.Equal(TimeSpan.FromSeconds(90), refusal.RetryAfter);
    }

    [Fact]
    public async Task Events_reach_their_handlers()
    {
        await using var client = await _server.ConnectAsync(Token);
        var heard = new TaskCompletionSource<MessageReceived>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Events.MessageReceived += e => heard.TrySetResult(e);

        var sent = await client.Hub.SendMessage(new() { Text = "ğüşiöç 你好 😀" });

        Assert.Equal("ğüşiöç 你好 😀", sent.Message.Text);
        Assert.Equal("Hello yourself", (await heard.Task.WaitAsync(Token)).Message.Text);
    }

    [Fact]
    public async Task The_largest_page_arrives_whole()
    {
        await using var client = await _server.ConnectAsync(Token);

        var page = await client.Hub.WithCancellation(Token).GetMessages(new() { Limit = Limits.PageMax });

        Assert.Equal(Limits.PageMax, page.Items.Count);
        Assert.All(page.Items, message => Assert.Equal(2 * Limits.MessageTextMax, message.Text.Length));
    }

    [Fact]
    public async Task Many_calls_at_once_are_each_answered()
    {
        await using var client = await _server.ConnectAsync(Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => client.Hub.SendMessage(new() { Text = $"{i}" })));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), answers.Select(answer => answer.Message.Text));
    }

    [Fact]
    public async Task A_call_that_is_too_large_is_refused_alone_and_the_connection_stays()
    {
        await using var client = await _server.ConnectAsync(Token);

        var refusal = await Assert.ThrowsAsync<ChatHubException>(
            () => client.Hub.SendMessage(new() { Text = new string('x', Limits.HubMessageBytes) }));

        Assert.Equal(ErrorCodes.InvalidArgument, refusal.Code);
        await client.Hub.GetMe(new());
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_the_connection_stays()
    {
        await using var client = await _server.ConnectAsync(Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = client.Hub.WithCancellation(cancellation.Token).Sync(new());
        await _server.Log.Hanging.Task.WaitAsync(Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Disposing_closes_in_good_order()
    {
        var client = await _server.ConnectAsync(Token);

        await client.DisposeAsync();

        Assert.Null(await _server.Log.Disconnected.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task A_call_in_flight_when_the_server_ends_the_connection_is_lost_not_refused()
    {
        await using var client = await _server.ConnectAsync(Token);
        var call = client.Hub.Sync(new());
        await _server.Log.Hanging.Task.WaitAsync(Token);

        _ = client.Hub.SetTyping(new());

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => call);
    }

    [Fact]
    public async Task A_call_without_a_connection_is_unreachable()
    {
        await using var client = _server.Client();

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => client.Hub.GetMe(new()));
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_unreachable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var client = new ChatHubClient(new()
        {
            ServerAddress = new Uri($"http://127.0.0.1:{port}"),
            AccessTokenProvider = _ => ValueTask.FromResult<string?>(null),
        });

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => client.ConnectAsync(Token));
    }

    [Fact]
    public async Task A_connection_attempt_can_be_cancelled()
    {
        // Accepts and says nothing.
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
    public async Task A_call_in_flight_when_the_server_closes_with_an_error_is_lost_not_refused()
    {
        var (client, socket) = await ConnectWithSocketAsync();
        await using var disposing = client;
        var call = client.Hub.Sync(new());
        await _server.Log.Hanging.Task.WaitAsync(Token);

        await socket().SendAsync("nonsense\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);

        await Assert.ThrowsAsync<ChatHubUnreachableException>(() => call);
    }

    [Fact]
    public async Task A_broken_connection_comes_back_by_itself()
    {
        var (client, socket) = await ConnectWithSocketAsync();
        await using var disposing = client;
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.LinkChanged += state =>
        {
            if (state == LinkState.Connected)
                back.TrySetResult();
        };

        socket().Abort();
        await back.Task.WaitAsync(Token);

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
            LongestReconnectWait = TimeSpan.Zero,
            OpenWebSocket = async (address, token, cancellationToken) => socket = await options.OpenWebSocket(address, token, cancellationToken),
        });
        await client.ConnectAsync(Token);
        return (client, () => socket!);
    }
}
