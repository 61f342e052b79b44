using SkiaSharp;

namespace ChatHub.Server.People;

/// <summary>
/// Decodes a picture and encodes it again as WebP, so that nothing of what came with it (position, comments, a second
/// content behind the first) survives. The content decides what it is, never what the client says. Pure.
/// </summary>
public static class AvatarImages
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The longest side that is decoded, in pixels.</summary>
    public const int MaxSide = 4_096;

    /// <summary>The longest side of what is kept, in pixels.</summary>
    public const int MaxKeptSide = 512;

    private const int Quality = 85;

    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Throws invalid_argument, from the header alone where the picture is too large.</summary>
    public static byte[] Reencode(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length > MaxBytes)
            throw Errors.InvalidArgument($"An avatar must be at most {MaxBytes / 1024} KB.");
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
            throw NoPicture();
        if (codec.Info.Width > MaxSide || codec.Info.Height > MaxSide)
            throw Errors.InvalidArgument($"An avatar must be at most {MaxSide} × {MaxSide} pixels.");

        using var decoded = Decode(codec);
        using var upright = Draw(decoded, codec.EncodedOrigin);
        using var encoded = upright.Encode(SKEncodedImageFormat.Webp, Quality) ?? throw NoPicture();
        return encoded.ToArray();
    }

    private static SKBitmap Decode(SKCodec codec)
    {
        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        throw NoPicture();
    }

    /// <summary>Small enough to be kept, and turned as its metadata said, since its metadata is dropped.</summary>
    private static SKBitmap Draw(SKBitmap picture, SKEncodedOrigin origin)
    {
        var scale = Math.Min(1f, MaxKeptSide / (float)Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)MathF.Round(picture.Width * scale)), Math.Max(1, (int)MathF.Round(picture.Height * scale)));
        var turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        // Without a colour space of its own: no profile is written.
        var kept = new SKBitmap(new SKImageInfo(turned ? height : width, turned ? width : height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(kept);
        using var image = SKImage.FromBitmap(picture);
        canvas.Clear(SKColors.Transparent);
        canvas.SetMatrix(Turn(origin, width, height));
        canvas.DrawImage(image, SKRect.Create(width, height), Sampling);
        return kept;
    }

    /// <summary>From the stored picture's pixels to the upright one's, by EXIF's eight orientations.</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static Contracts.ChatHubException NoPicture() => Errors.InvalidArgument("An avatar must be a PNG, JPEG or WebP picture.");
}
