using System.Buffers;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>Bytes in pieces, as they come off a socket.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    /// <summary>The bytes as two pieces.</summary>
    public static ReadOnlySequence<byte> Split(ReadOnlyMemory<byte> bytes, int at) => Join(bytes[..at], bytes[at..]);

    /// <summary>The bytes as pieces of one byte each.</summary>
    public static ReadOnlySequence<byte> Crumble(ReadOnlyMemory<byte> bytes) =>
        Join([.. Enumerable.Range(0, bytes.Length).Select(at => bytes.Slice(at, 1))]);

    private static ReadOnlySequence<byte> Join(params ReadOnlyMemory<byte>[] pieces)
    {
        var first = new Segments(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces[1..])
        {
            var next = new Segments(piece, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new(first, 0, last, last.Memory.Length);
    }
}
