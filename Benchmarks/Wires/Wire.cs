using System.Net.WebSockets;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.Wires;

/// <summary>How calls and events are written on a WebSocket: just as much of it as the load needs.</summary>
public abstract class Wire
{
    public static Wire Json { get; } = new JsonWire();
    public static Wire MessagePack { get; } = new MessagePackWire();
    public static Wire SocketIo { get; } = new SocketIoWire();

    public abstract WebSocketMessageType MessageType { get; }

    /// <summary>What a client sends from time to time, so that the server does not give it up; empty where the server asks instead.</summary>
    public virtual ReadOnlyMemory<byte> Ping => default;

    /// <summary>The answer to the server's ping, where it wants one.</summary>
    public virtual ReadOnlyMemory<byte> Pong => default;

    /// <summary>A WebSocket message is one record, and has no separator of its own.</summary>
    public virtual bool MessageIsRecord => false;

    public virtual Uri Address(Uri server, string accessToken) => new UriBuilder(server)
    {
        Scheme = "ws",
        Path = Limits.HubPath,
        Query = "access_token=" + Uri.EscapeDataString(accessToken),
    }.Uri;

    /// <summary>Agrees with the server on the protocol.</summary>
    /// <param name="socket">Just connected.</param>
    /// <param name="accessToken">Whose connection it is.</param>
    public abstract Task HandshakeAsync(HubSocket socket, string accessToken);

    /// <summary>Where the first complete record of the buffer lies, and how many bytes it takes with its framing; 0 if there is none yet.</summary>
    public abstract int Next(ReadOnlySpan<byte> buffer, out Range record);

    public abstract HubRecord Parse(ReadOnlyMemory<byte> record);

    /// <summary>A call of SendMessage, framing included. The number is the invocation's id and, in 50 digits, the text.</summary>
    public abstract ReadOnlyMemory<byte> SendMessage(long number, string conversationId, Guid clientId);

    /// <summary>The number in a result or in an event's arguments: the first text that is one, at any depth.</summary>
    public abstract long NumberIn(ReadOnlyMemory<byte> payload);

    protected static BenchmarkException NoNumber() => new("a result or event carries no number");
}
