using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// Reads one frame's body, value by value. Nothing read is trusted: each length is held against the bytes that are really
/// there before anybody may allocate by it. Bytes that are no MessagePack are an <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct PackReader(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private int _depth;

    /// <summary>Where the next value starts; may be set back to a value's start to read it once more.</summary>
    public int Position { get; set; }

    /// <summary>The last <see cref="PackKind.Integer"/>, or the bits of the last <see cref="PackKind.Unsigned"/>.</summary>
    public long Integer { get; private set; }
    public double Float { get; private set; }

    /// <summary>The content of the last string, binary or extension.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }
    public sbyte ExtensionType { get; private set; }

    /// <summary>How many items the last array holds, or how many pairs the last map.</summary>
    public int Count { get; private set; }

    private readonly int Remaining => _body.Length - Position;

    /// <summary>Reads a scalar whole, or the head of an array or map.</summary>
    public PackKind Read()
    {
        var code = Take(1)[0];
        return code switch
        {
            < PackFormat.FixMap => Whole(code),
            < PackFormat.FixArray => Items(PackKind.Map, (uint)(code & 0x0f)),
            < PackFormat.FixString => Items(PackKind.Array, (uint)(code & 0x0f)),
            < PackFormat.Nil => Bytes(PackKind.String, (uint)(code & 0x1f)),
            >= PackFormat.NegativeFixInt => Whole((sbyte)code),
            PackFormat.Nil => PackKind.Nil,
            PackFormat.False => PackKind.False,
            PackFormat.True => PackKind.True,
            PackFormat.String8 => Bytes(PackKind.String, UInt8()),
            PackFormat.String16 => Bytes(PackKind.String, UInt16()),
            PackFormat.String32 => Bytes(PackKind.String, UInt32()),
            _ => ReadRest(code),
        };
    }

    /// <summary>Passes over one value with all that it holds. Without recursion, so that no depth can hurt.</summary>
    public void Skip()
    {
        for (var pending = 1L; pending > 0; pending--)
        {
            pending += Read() switch
            {
                PackKind.Array => Count,
                PackKind.Map => 2L * Count,
                _ => 0,
            };
        }
    }

    /// <summary>The last string as text. Bytes that are no UTF-8 are refused: nothing is silently replaced.</summary>
    public readonly string Text() => Utf8.IsValid(Content)
        ? Encoding.UTF8.GetString(Content)
        : throw new InvalidDataException("A string is not UTF-8.");

    /// <summary>The bytes of one whole value.</summary>
    public ReadOnlySpan<byte> ReadRaw()
    {
        var start = Position;
        Skip();
        return _body[start..Position];
    }

    /// <summary>Goes one level down; a too deep value is refused before it can exhaust the stack.</summary>
    public void Enter()
    {
        if (++_depth > PackFormat.MaxDepth)
            throw new InvalidDataException($"Values nest deeper than {PackFormat.MaxDepth}.");
    }

    public void Leave() => _depth--;

    // The rarer formats, out of the way of the frequent ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private PackKind ReadRest(byte code) => code switch
    {
        PackFormat.UInt8 => Whole(UInt8()),
        PackFormat.UInt16 => Whole(UInt16()),
        PackFormat.UInt32 => Whole(UInt32()),
        PackFormat.UInt64 => Whole(BinaryPrimitives.ReadInt64BigEndian(Take(8))) is var kind && Integer < 0 ? PackKind.Unsigned : kind,
        PackFormat.Int8 => Whole((sbyte)UInt8()),
        PackFormat.Int16 => Whole((short)UInt16()),
        PackFormat.Int32 => Whole((int)UInt32()),
        PackFormat.Int64 => Whole(BinaryPrimitives.ReadInt64BigEndian(Take(8))),
        PackFormat.Float32 => Real(BinaryPrimitives.ReadSingleBigEndian(Take(4))),
        PackFormat.Float64 => Real(BinaryPrimitives.ReadDoubleBigEndian(Take(8))),
        PackFormat.Array16 => Items(PackKind.Array, UInt16()),
        PackFormat.Array32 => Items(PackKind.Array, UInt32()),
        PackFormat.Map16 => Items(PackKind.Map, UInt16()),
        PackFormat.Map32 => Items(PackKind.Map, UInt32()),
        PackFormat.Bin8 => Bytes(PackKind.Binary, UInt8()),
        PackFormat.Bin16 => Bytes(PackKind.Binary, UInt16()),
        PackFormat.Bin32 => Bytes(PackKind.Binary, UInt32()),
        PackFormat.Ext8 => Extension(UInt8()),
        PackFormat.Ext16 => Extension(UInt16()),
        PackFormat.Ext32 => Extension(UInt32()),
        >= PackFormat.FixExt1 and <= PackFormat.FixExt16 => Extension(1u << (code - PackFormat.FixExt1)),
        _ => throw new InvalidDataException($"No MessagePack value starts with 0x{code:x2}."),
    };

    private PackKind Whole(long value)
    {
        Integer = value;
        return PackKind.Integer;
    }

    private PackKind Real(double value)
    {
        Float = value;
        return PackKind.Float;
    }

    private PackKind Bytes(PackKind kind, uint length)
    {
        Content = Take(length);
        return kind;
    }

    private PackKind Extension(uint length)
    {
        ExtensionType = (sbyte)UInt8();
        return Bytes(PackKind.Extension, length);
    }

    // Every item takes a byte at least, so a count beyond the bytes that follow is a lie.
    private PackKind Items(PackKind kind, uint count)
    {
        var least = kind is PackKind.Map ? 2L * count : count;
        if (least > Remaining)
            throw Truncated();

        Count = (int)count;
        return kind;
    }

    private uint UInt8() => Take(1)[0];
    private uint UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));
    private uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > (uint)Remaining)
            throw Truncated();

        var taken = _body.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    private static InvalidDataException Truncated() => new("A value reaches beyond the end of its frame.");
}
