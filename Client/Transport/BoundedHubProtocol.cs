using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ChatHub.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Client.Transport;

/// <summary>
/// Limits the size of hub messages in both directions. The server closes a connection that sends a message above its
/// limit, which fails every other call in flight; here only the oversized call is refused. Incoming messages are limited
/// so that a server cannot exhaust this process's memory.
/// </summary>
internal sealed class BoundedHubProtocol(IHubProtocol inner) : IHubProtocol
{
    /// <summary>A full page of the longest messages, every character escaped, is just under 5 MB.</summary>
    public const int MaxIncomingBytes = 8 * 1024 * 1024;

    public string Name => inner.Name;
    public int Version => inner.Version;
    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (inner.TryParseMessage(ref input, binder, out message))
            return true;
        if (input.Length > MaxIncomingBytes)
            throw new InvalidDataException($"The server sent a message of more than {MaxIncomingBytes} bytes.");
        return false;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => output.Write(GetMessageBytes(message).Span);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var bytes = inner.GetMessageBytes(message);
        return bytes.Length <= Limits.HubMessageBytes
            ? bytes
            : throw new ChatHubException(ErrorCodes.InvalidArgument, $"A call may have up to {Limits.HubMessageBytes} bytes; this one has {bytes.Length}.");
    }
}
