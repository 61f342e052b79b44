using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// Writes values in their shortest encoding into the memory it is given. What outgrows that moves to rented memory, which
/// <see cref="Dispose"/> gives back.
/// </summary>
internal ref partial struct PackWriter(Span<byte> memory)
{
    private const int MostBytesPerChar = 3;
    private const int LongestHead = 5;

    private Span<byte> _memory = memory;
    private byte[]? _rented;
    private int _position;
    private int _depth;

    /// <summary>All that was written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _memory[.._position];

    /// <summary>Whether all of it still lies in the memory that was given.</summary>
    public readonly bool IsInPlace => _rented is null;

    public void WriteNil() => Claim(1)[0] = PackFormat.Nil;

    public void WriteBoolean(bool value) => Claim(1)[0] = value ? PackFormat.True : PackFormat.False;

    // -32..127 are one byte; others take the narrowest of uint 8..64 and int 8..64.
    public void WriteInteger(long value)
    {
        switch (value)
        {
            case >= -32 and <= sbyte.MaxValue: Claim(1)[0] = (byte)value; break;
            case >= 0: WriteUnsigned((ulong)value); break;
            case >= sbyte.MinValue: Put8(PackFormat.Int8, (byte)value); break;
            case >= short.MinValue: Put16(PackFormat.Int16, (ushort)value); break;
            case >= int.MinValue: Put32(PackFormat.Int32, (uint)value); break;
            default: Put64(PackFormat.Int64, (ulong)value); break;
        }
    }

    public void WriteUnsigned(ulong value)
    {
        switch (value)
        {
            case < PackFormat.FixMap: Claim(1)[0] = (byte)value; break;
            case <= byte.MaxValue: Put8(PackFormat.UInt8, (byte)value); break;
            case <= ushort.MaxValue: Put16(PackFormat.UInt16, (ushort)value); break;
            case <= uint.MaxValue: Put32(PackFormat.UInt32, (uint)value); break;
            default: Put64(PackFormat.UInt64, value); break;
        }
    }

    // float 32 where that loses nothing, else float 64.
    public void WriteFloat(double value)
    {
        if ((float)value == value)
            Put32(PackFormat.Float32, BitConverter.SingleToUInt32Bits((float)value));
        else
            Put64(PackFormat.Float64, BitConverter.DoubleToUInt64Bits(value));
    }

    /// <summary>Writes text as UTF-8; a lone surrogate becomes U+FFFD, as in JSON.</summary>
    public void WriteString(scoped ReadOnlySpan<char> text)
    {
        ReserveUtf8(text);

        // The head comes first but its width depends on the UTF-8 length: guess ASCII, and move the text when that was wrong.
        var guess = StringHeadWidth(text.Length);
        var length = Encoding.UTF8.GetBytes(text, _memory[(_position + guess)..]);
        var width = StringHeadWidth(length);
        if (width != guess)
            _memory.Slice(_position + guess, length).CopyTo(_memory[(_position + width)..]);

        PutStringHead(length);
        Claim(length);
    }

    /// <summary>Writes text that is UTF-8 already.</summary>
    public void WriteUtf8(scoped ReadOnlySpan<byte> text)
    {
        PutStringHead(text.Length);
        WriteRaw(text);
    }

    /// <summary>Writes what is MessagePack already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> value) => value.CopyTo(Claim(value.Length));

    /// <summary>Goes one level down; an endless value (one that holds itself) is refused before it exhausts the stack.</summary>
    public void Enter()
    {
        if (++_depth > PackFormat.MaxDepth)
            throw new InvalidDataException($"Values nest deeper than {PackFormat.MaxDepth}.");
    }

    public void Leave() => _depth--;

    public readonly void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }

    private void PutStringHead(int length)
    {
        switch (length)
        {
            case <= PackFormat.MaxFixString: Claim(1)[0] = (byte)(PackFormat.FixString | length); break;
            case <= byte.MaxValue: Put8(PackFormat.String8, (byte)length); break;
            case <= ushort.MaxValue: Put16(PackFormat.String16, (ushort)length); break;
            default: Put32(PackFormat.String32, (uint)length); break;
        }
    }

    private static int StringHeadWidth(int length) => length switch
    {
        <= PackFormat.MaxFixString => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => LongestHead,
    };

    private void Put8(byte code, byte value)
    {
        var bytes = Claim(2);
        bytes[1] = value;
        bytes[0] = code;
    }

    private void Put16(byte code, ushort value)
    {
        var bytes = Claim(3);
        bytes[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], value);
    }

    private void Put32(byte code, uint value)
    {
        var bytes = Claim(5);
        bytes[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], value);
    }

    private void Put64(byte code, ulong value)
    {
        var bytes = Claim(9);
        bytes[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], value);
    }

    private Span<byte> Claim(int length)
    {
        Reserve(length);
        var claimed = _memory.Slice(_position, length);
        _position += length;
        return claimed;
    }

    // Three bytes for each char is always enough; counting them first is for text that seems not to fit.
    private void ReserveUtf8(scoped ReadOnlySpan<char> text)
    {
        var most = LongestHead + ((long)text.Length * MostBytesPerChar);
        if (most > _memory.Length - _position)
            Reserve(LongestHead + (text.Length <= PackFormat.MaxFrame ? Encoding.UTF8.GetByteCount(text) : text.Length));
    }

    private void Reserve(int length)
    {
        if (length > _memory.Length - _position)
            Grow(length);
    }

    private void Grow(int length)
    {
        var needed = (long)_position + length;
        if (needed > PackFormat.MaxFrame)
            throw new InvalidDataException($"A message may have {PackFormat.MaxFrame} bytes.");

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, 2L * _memory.Length));
        Written.CopyTo(larger);
        Dispose();
        _memory = _rented = larger;
    }
}
