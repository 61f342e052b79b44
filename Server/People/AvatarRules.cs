namespace ChatHub.Server.People;

/// <summary>Which pictures are taken, told by their content and never by what the client says. Pure.</summary>
public static class AvatarRules
{
    public const int MostBytes = 256 * 1024;

    /// <summary>The content type, or null where it is none of the three.</summary>
    public static string? ContentType(ReadOnlySpan<byte> content)
    {
        if (content.Length >= 24 && content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && content[12..16].SequenceEqual("IHDR"u8))
            return "image/png";
        if (content.Length >= 4 && content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && content[^2..].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD9]))
            return "image/jpeg";
        if (content.Length >= 16 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8) && content[12..15].SequenceEqual("VP8"u8))
            return "image/webp";
        return null;
    }
}
