namespace ChatHub.Contracts.MessagePack;

/// <summary>What a MessagePack value is, after its many widths are read.</summary>
internal enum PackKind
{
    Nil,
    False,
    True,

    /// <summary>An integer that fits a <see cref="long"/>.</summary>
    Integer,

    /// <summary>An integer above <see cref="long.MaxValue"/>.</summary>
    Unsigned,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}

/// <summary>The first bytes of the MessagePack formats, and the limits that hold for every frame.</summary>
internal static class PackFormat
{
    public const byte FixMap = 0x80;
    public const byte FixArray = 0x90;
    public const byte FixString = 0xa0;
    public const byte Nil = 0xc0;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Bin8 = 0xc4;
    public const byte Bin16 = 0xc5;
    public const byte Bin32 = 0xc6;
    public const byte Ext8 = 0xc7;
    public const byte Ext16 = 0xc8;
    public const byte Ext32 = 0xc9;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte FixExt1 = 0xd4;
    public const byte FixExt16 = 0xd8;
    public const byte String8 = 0xd9;
    public const byte String16 = 0xda;
    public const byte String32 = 0xdb;
    public const byte Array16 = 0xdc;
    public const byte Array32 = 0xdd;
    public const byte Map16 = 0xde;
    public const byte Map32 = 0xdf;
    public const byte NegativeFixInt = 0xe0;

    public const int MaxFixItems = 15;
    public const int MaxFixString = 31;

    /// <summary>The extension type that the specification gives to timestamps.</summary>
    public const sbyte Timestamp = -1;

    /// <summary>How deep values may nest: as deep as JSON's.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest frame either way: ten times the largest page. The server's own limit on what it receives is far lower.</summary>
    public const int MaxFrame = 16 * 1024 * 1024;
}
