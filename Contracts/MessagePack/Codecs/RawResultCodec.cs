using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Contracts.MessagePack;

/// <summary>A client's result that is only passed on: its bytes, as they are.</summary>
internal sealed class RawResultCodec : Codec
{
    public override void WriteObject(ref PackWriter writer, object value)
    {
        foreach (var part in ((RawResult)value).RawSerializedData)
            writer.WriteRaw(part.Span);
    }

    public override object ReadObject(ref PackReader reader) =>
        new RawResult(new ReadOnlySequence<byte>(reader.ReadRaw().ToArray()));
}
