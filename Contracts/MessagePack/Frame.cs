using System.Buffers;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// One message on the stream: <c>[length][body]</c>, the length as 1 to 5 bytes of 7 bits each, the lowest first, all but
/// the last with the high bit set.
/// </summary>
internal static class Frame
{
    // The head of every body from 128 to 16,383 bytes, so that these need not be moved once their length is known.
    private const int UsualHead = 2;
    private const int LongestHead = 5;
    private const int BitsPerByte = 7;
    private const byte More = 0x80;

    /// <summary>Takes the next frame's body off the input; false when it is not there whole yet.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> body)
    {
        body = default;
        if (!TryReadLength(input, out var length, out var head))
            return false;
        if (length > PackFormat.MaxFrame)
            throw new InvalidDataException($"A frame of {length} bytes is larger than {PackFormat.MaxFrame}.");
        if (input.Length - head < length)
            return false;

        body = input.Slice(head, length);
        input = input.Slice(body.End);
        return true;
    }

    /// <summary>Where in the output's memory the body is written, so that its head fits before it.</summary>
    public static Span<byte> BodyOf(Span<byte> memory) => memory.Slice(UsualHead, memory.Length - LongestHead);

    /// <summary>Gives the body to the output, with its length before it.</summary>
    /// <param name="output">Where the message goes.</param>
    /// <param name="memory">The output's own memory; a body that was written into its <see cref="BodyOf"/> is not copied.</param>
    /// <param name="body">What was written.</param>
    public static void Write(IBufferWriter<byte> output, Span<byte> memory, in PackWriter body)
    {
        var written = body.Written;
        var head = LengthWidth(written.Length);
        var frame = body.IsInPlace ? memory : output.GetSpan(head + written.Length);

        // A body in place moves by a byte where its head is not the usual one; mostly it lies there already.
        written.CopyTo(frame[head..]);
        WriteLength(frame, written.Length);
        output.Advance(head + written.Length);
    }

    private static bool TryReadLength(in ReadOnlySequence<byte> input, out long length, out int head)
    {
        length = 0;
        head = 0;
        var reader = new SequenceReader<byte>(input);
        while (reader.TryRead(out var part))
        {
            length |= (long)(part & ~More) << (BitsPerByte * head++);
            if ((part & More) == 0)
                return true;
            if (head == LongestHead)
                throw new InvalidDataException("A frame's length has more than 5 bytes.");
        }

        return false;
    }

    private static int LengthWidth(int length)
    {
        var width = 1;
        while ((length >>= BitsPerByte) > 0)
            width++;
        return width;
    }

    private static void WriteLength(Span<byte> frame, int length)
    {
        var at = 0;
        for (; length >= More; length >>= BitsPerByte)
            frame[at++] = (byte)(length | More);
        frame[at] = (byte)length;
    }
}
