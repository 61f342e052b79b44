using System.IO.Pipelines;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatHub.Tests.Delivery;

/// <summary>A hub connection over pipes: the test is its client, and reads when it likes.</summary>
internal sealed class FakeConnection
{
    private readonly JsonHubProtocol _protocol = new();
    private readonly Pipe _toClient;

    /// <param name="user">Null for a connection without a user.</param>
    /// <param name="window">How many bytes may lie unread before a writer has to wait.</param>
    public FakeConnection(string? user = null, long window = 1 << 20)
    {
        _toClient = new(new PipeOptions(pauseWriterThreshold: window, resumeWriterThreshold: window / 2));
        var transport = new DefaultConnectionContext(
            Guid.NewGuid().ToString("N"), new Duplex(new Pipe().Reader, _toClient.Writer), new Duplex(_toClient.Reader, new Pipe().Writer));
        Hub = new(transport, new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance)
        {
            Protocol = _protocol,
            UserIdentifier = user,
        };
    }

    public HubConnectionContext Hub { get; }

    public string Id => Hub.ConnectionId;

    /// <summary>The next event that the client gets.</summary>
    public async Task<InvocationMessage> ReceiveAsync()
    {
        while (true)
        {
            var result = await _toClient.Reader.ReadAsync(Infrastructure.TestTimeouts.Token).AsTask().WaitAsync(Infrastructure.TestTimeouts.Limit);
            var buffer = result.Buffer;
            var isWhole = _protocol.TryParseMessage(ref buffer, new Binder(), out var message);
            _toClient.Reader.AdvanceTo(isWhole ? buffer.Start : result.Buffer.Start, isWhole ? buffer.Start : result.Buffer.End);
            if (isWhole)
                return (InvocationMessage)message!;
        }
    }

    /// <summary>Nothing is on its way: the next event is this one, sent now.</summary>
    public async Task<string> NextTargetAsync() => (await ReceiveAsync()).Target;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Binder : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            [methodName == nameof(Position) ? typeof(Position) : typeof(string)];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
