using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Every frame counts against its user's limit, whatever it holds. The clock stands still, so that nothing is refilled.</summary>
public sealed class FrameLimitTests : IAsyncLifetime
{
    private const int Burst = 5;
    private const int RefusalsToClose = 1_000;

    private InProcessServer _server = null!;
    private Account _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await InProcessServer.StartAsync(("Limits:CallsPerSecond", "1"), ("Limits:Burst", $"{Burst}"));
        _alice = await Account.BringAsync(_server, "alice");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("a call", """{"type":1,"target":"GetMe","arguments":[{}]}""")]
    [InlineData("an unknown method", """{"type":1,"target":"NoSuchMethod","arguments":[{}]}""")]
    [InlineData("arguments that do not bind", """{"type":1,"target":"GetProfile","arguments":[7]}""")]
    [InlineData("no arguments", """{"type":1,"target":"GetMe","arguments":[]}""")]
    [InlineData("a streaming call", """{"type":4,"invocationId":"s","target":"GetMe","arguments":[{}]}""")]
    [InlineData("a stream item", """{"type":2,"invocationId":"s","item":7}""")]
    [InlineData("a cancelled stream", """{"type":5,"invocationId":"s"}""")]
    [InlineData("a completion", """{"type":3,"invocationId":"s","result":7}""")]
    [InlineData("an unknown type", """{"type":99}""")]
    [InlineData("a ping", RawHub.Ping)]
    public async Task Frame_of_any_kind_counts(string kind, string frame)
    {
        using var hub = await ConnectAsync();
        await SendAsync(hub, frame, Burst);
        var refused = await hub.InvokeAsync("GetMe", "{}");
        Assert.True(refused.TryGetProperty("error", out var error), $"{kind} did not count: {refused}");
        var refusal = ChatHubException.FromWire(error.GetString()!);
        Assert.Equal((ErrorCodes.RateLimited, 1), (refusal.Code, refusal.RetryAfterSeconds));
    }

    [Fact]
    public async Task Frames_of_MessagePack_count_too()
    {
        using var socket = await PackSocket.ConnectAsync(_server, _alice.Token);
        Refill();
        var unknown = HubProtocols.Pack.GetMessageBytes(new InvocationMessage("1", "NoSuchMethod", [7]));
        for (var i = 0; i < Burst; i++)
        {
            await socket.SendAsync(unknown);
            Assert.DoesNotContain(ErrorCodes.RateLimited, (await socket.ReceiveAsync<CompletionMessage>()).Error, StringComparison.Ordinal);
        }

        await socket.SendAsync(unknown);
        Assert.Equal(ErrorCodes.RateLimited, ChatHubException.FromWire((await socket.ReceiveAsync<CompletionMessage>()).Error!).Code);
    }

    [Theory]
    [InlineData("GetMe", "{}")]
    [InlineData("NoSuchMethod", "{}")]
    [InlineData("GetProfile", "7")]
    public async Task Refused_call_answers_rate_limited_whether_it_binds_or_not(string method, string arguments)
    {
        using var hub = await ConnectAsync();
        await SendAsync(hub, RawHub.Ping, Burst);
        var error = (await hub.InvokeAsync(method, arguments)).GetProperty("error").GetString()!;
        Assert.Equal(ErrorCodes.RateLimited, ChatHubException.FromWire(error).Code);
        _server.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await hub.InvokeAsync("GetMe", "{}")).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Connection_refused_1000_times_in_10_seconds_is_closed()
    {
        using var hub = await ConnectAsync();
        await SendAsync(hub, RawHub.Ping, Burst + RefusalsToClose - 2);
        Assert.True((await hub.InvokeAsync("GetMe", "{}")).TryGetProperty("error", out _));
        await hub.SendAsync(RawHub.Ping);
        await hub.ClosedAsync();

        // Its user may come back.
        _server.Time.Advance(TimeSpan.FromSeconds(5));
        using var again = await RawHub.ConnectAsync(_server, _alice.Token);
        Assert.True((await again.InvokeAsync("GetMe", "{}")).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Connection_refused_999_times_in_10_seconds_stays()
    {
        using var hub = await ConnectAsync();
        for (var round = 0; round < 3; round++)
        {
            await SendAsync(hub, RawHub.Ping, Burst + RefusalsToClose - 2);
            Assert.True((await hub.InvokeAsync("GetMe", "{}")).TryGetProperty("error", out _));
            _server.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.True((await hub.InvokeAsync("GetMe", "{}")).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Frames_of_one_user_limit_no_other()
    {
        await using var bob = await _server.ConnectUserAsync("bob");
        using var hub = await ConnectAsync();
        await SendAsync(hub, RawHub.Ping, Burst);
        Assert.True((await hub.InvokeAsync("GetMe", "{}")).TryGetProperty("error", out _));
        Assert.Equal(bob.Id, (await bob.Hub.GetMe(new())).User.UserId);
    }

    private async Task<RawHub> ConnectAsync()
    {
        var hub = await RawHub.ConnectAsync(_server, _alice.Token);
        Refill();
        return hub;
    }

    /// <summary>Connecting is an HTTP request, which counts too.</summary>
    private void Refill() => _server.Time.Advance(TimeSpan.FromSeconds(1));

    private static async Task SendAsync(RawHub hub, string frame, int count)
    {
        for (var i = 0; i < count; i++)
            await hub.SendAsync(frame);
    }
}
