using System.Buffers.Binary;
using System.Text;

namespace ChatHub.Tests.Tds;

/// <summary>The value of a text parameter, in the three ways in which clients send one.</summary>
internal static class TdsText
{
    private const byte NVarChar = 0xE7;
    private const byte NText = 0x63;
    private const ushort WithoutLimit = 0xFFFF;
    private const int Collation = 5;

    /// <param name="parameter">Name (length in characters before it), status, type, value.</param>
    public static string ReadParameter(ReadOnlySpan<byte> parameter)
    {
        var rest = parameter[(1 + (2 * parameter[0]) + 1)..];
        return rest[0] switch
        {
            NVarChar when BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]) == WithoutLimit => ReadChunks(rest[(3 + Collation)..]),
            NVarChar => ReadShort(rest[(3 + Collation)..]),
            NText => ReadLong(rest[(5 + Collation)..]),
            var other => throw new InvalidDataException($"A statement of type 0x{other:X2} is not known."),
        };
    }

    private static string ReadShort(ReadOnlySpan<byte> value) =>
        Encoding.Unicode.GetString(value.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(value)));

    private static string ReadLong(ReadOnlySpan<byte> value) =>
        Encoding.Unicode.GetString(value.Slice(4, BinaryPrimitives.ReadInt32LittleEndian(value)));

    // The total length first, then chunks with their lengths, then an empty one.
    private static string ReadChunks(ReadOnlySpan<byte> value)
    {
        var bytes = new List<byte>();
        for (var rest = value[8..]; BinaryPrimitives.ReadInt32LittleEndian(rest) is > 0 and var length; rest = rest[(4 + length)..])
            bytes.AddRange(rest.Slice(4, length));
        return Encoding.Unicode.GetString([.. bytes]);
    }
}
