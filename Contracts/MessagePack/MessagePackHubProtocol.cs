using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// SignalR's binary hub protocol, versions 1 and 2. Arguments and results are described by the JSON protocol's own options,
/// so that both protocols carry the same objects.
/// </summary>
/// <remarks>
/// A frame that is no hub message is an <see cref="InvalidDataException"/>, which closes the connection. A sound message
/// whose values do not fit the call fails that call alone. Unknown message types are passed over.
/// </remarks>
public sealed class MessagePackHubProtocol : IHubProtocol
{
    private const int LatestVersion = 2;

    // Enough for nearly every message, little enough not to waste the end of a pipe's segment.
    private const int UsualFrame = 512;

    private readonly CodecTable _codecs;

    /// <param name="json">The JSON protocol's options.</param>
    public MessagePackHubProtocol(IOptions<JsonHubProtocolOptions> json)
    {
        ArgumentNullException.ThrowIfNull(json);
        _codecs = new CodecTable(json.Value.PayloadSerializerOptions);
    }

    /// <inheritdoc/>
    public string Name => "messagepack";

    /// <inheritdoc/>
    public int Version => LatestVersion;

    /// <inheritdoc/>
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc/>
    public bool IsVersionSupported(int version) => version is >= 1 and <= LatestVersion;

    /// <inheritdoc/>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        while (message is null && Frame.TryRead(ref input, out var body))
            message = Parse(body, binder);
        return message is not null;
    }

    /// <inheritdoc/>
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        var memory = output.GetSpan(UsualFrame);
        var body = new PackWriter(Frame.BodyOf(memory));
        try
        {
            MessageWriter.Write(ref body, message, _codecs);
            Frame.Write(output, memory, in body);
        }
        finally
        {
            body.Dispose();
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => HubProtocolExtensions.GetMessageBytes(this, message);

    private HubMessage? Parse(in ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        if (body.IsSingleSegment)
            return new MessageReader(body.FirstSpan, binder, _codecs).Read();

        // Split over segments: put together once, all of it being here.
        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return new MessageReader(whole.AsSpan(0, (int)body.Length), binder, _codecs).Read();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }
}
