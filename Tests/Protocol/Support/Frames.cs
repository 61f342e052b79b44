namespace ChatHub.Tests.Protocol;

/// <summary>Puts bodies into frames and takes them out, written apart from the code under test.</summary>
internal static class Frames
{
    public static byte[] Of(IReadOnlyCollection<byte> body) => [.. Length(body.Count), .. body];

    public static byte[] Body(ReadOnlyMemory<byte> frame) => frame[(frame.Span.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1)..].ToArray();

    private static IEnumerable<byte> Length(int length)
    {
        for (; length >= 0x80; length >>= 7)
            yield return (byte)(length | 0x80);
        yield return (byte)length;
    }
}
