using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>
/// Damaged frames over real sockets: each ends its own connection at most. CHATHUB_HOSTILE_FRAMES sets how many for each
/// protocol, CHATHUB_HOSTILE_SEED which ones.
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class HostileFramesTests(ITestOutputHelper output)
{
    private const int Sockets = 8;
    private const int DefaultFrames = 1_000;
    private const long GrowthAtMost = 96 * 1024 * 1024;

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Damaged_frames_end_their_own_connection_at_most(string name)
    {
        var protocol = name == "json" ? HubProtocols.Json : HubProtocols.Pack;
        var frames = Chosen("CHATHUB_HOSTILE_FRAMES") ?? DefaultFrames;
        var seed = Chosen("CHATHUB_HOSTILE_SEED") ?? Random.Shared.Next();
        await using var server = await ServerProcess.StartAsync();
        await using var bystanders = await server.OpenChatAsync();
        var attackers = await Task.WhenAll(Enumerable.Range(0, Sockets).Select(i => Account.BringAsync(server, $"mallory{i}")));

        // What the process needs for work of this kind is there after a quarter of it.
        var ended = await AttackAsync(server, protocol, attackers, frames / 4, seed);
        var before = server.WorkingSet;
        ended += await AttackAsync(server, protocol, attackers, frames - (frames / 4), seed + Sockets);
        var growth = server.WorkingSet - before;
        output.WriteLine($"CHATHUB_HOSTILE_SEED={seed}: {frames} frames ended {ended} connections; {growth / (1024 * 1024)} MB more");

        Assert.True(growth < GrowthAtMost, $"{growth} bytes more in use");
        Assert.DoesNotContain("fail: ", server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("crit: ", server.Log.Text, StringComparison.Ordinal);
        await bystanders.Alice.SayAsync(bystanders.Id, "Still here");
        Assert.Equal("Still here", (await bystanders.Bob.NextAsync<MessageReceived>()).Message.Text);
        Assert.Equal(HttpStatusCode.OK, (await server.HealthAsync()).Status);
    }

    private static async Task<int> AttackAsync(ServerProcess server, IHubProtocol protocol, Account[] attackers, int frames, int seed) =>
        (await Task.WhenAll(attackers.Select((attacker, i) => Task.Run(() => AttackAsync(server, protocol, attacker, frames / Sockets, new Random(seed + i)))))).Sum();

    /// <returns>How many connections the frames ended.</returns>
    private static async Task<int> AttackAsync(ServerProcess server, IHubProtocol protocol, Account attacker, int frames, Random random)
    {
        var damaged = new DamagedFrames(protocol, random);
        var ended = 0;
        var hub = await HostileSocket.ConnectAsync(server, protocol, attacker.Token);
        for (var i = 0; i < frames; i++)
        {
            // A sound call follows: once it has its answer, the frame was processed.
            if (await hub.IsAnsweredAfterAsync(Frames.Of(protocol, damaged.NextBody())))
                continue;
            ended++;
            hub.Dispose();
            hub = await HostileSocket.ConnectAsync(server, protocol, attacker.Token);
        }

        hub.Dispose();
        return ended;
    }

    private static int? Chosen(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } chosen ? int.Parse(chosen, CultureInfo.InvariantCulture) : null;

    private sealed class HostileSocket : IDisposable
    {
        private const string Probe = "probe";

        private readonly ClientWebSocket _socket = new();
        private readonly byte[] _buffer = new byte[64 * 1024];
        private readonly byte[] _probe;

        private HostileSocket(IHubProtocol protocol) =>
            _probe = [.. protocol.GetMessageBytes(new InvocationMessage(Probe, nameof(IChatHub.SetTyping), [new ConversationInput { ConversationId = Probe }])).Span];

        public static async Task<HostileSocket> ConnectAsync(ServerProcess server, IHubProtocol protocol, string token)
        {
            var hub = new HostileSocket(protocol);
            hub._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            var address = new UriBuilder(server.Address) { Scheme = "ws", Path = Limits.HubPath }.Uri;
            await hub._socket.ConnectAsync(address, TestTimeouts.Token).SoonAsync();
            byte[] handshake = [.. System.Text.Encoding.UTF8.GetBytes($$"""{"protocol":"{{protocol.Name}}","version":1}"""), 0x1e];
            await hub._socket.SendAsync(handshake, WebSocketMessageType.Binary, endOfMessage: true, TestTimeouts.Token).SoonAsync();
            return hub;
        }

        /// <returns>False when the connection was closed.</returns>
        public async Task<bool> IsAnsweredAfterAsync(byte[] frame)
        {
            try
            {
                await _socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, TestTimeouts.Token).SoonAsync();
                await _socket.SendAsync(_probe, WebSocketMessageType.Binary, endOfMessage: true, TestTimeouts.Token).SoonAsync();
                while (true)
                {
                    var received = await _socket.ReceiveAsync(_buffer.AsMemory(), TestTimeouts.Token).AsTask().SoonAsync();
                    if (received.MessageType == WebSocketMessageType.Close)
                        return false;
                    if (_buffer.AsSpan(0, received.Count).IndexOf("probe"u8) >= 0)
                        return true;
                }
            }
            catch (WebSocketException)
            {
                return false;
            }
        }

        public void Dispose() => _socket.Dispose();
    }
}
