using SkiaSharp;

namespace ChatHub.Server.Hosting.Demo;

/// <summary>A drawn avatar: hills under a sun, in one hue. No font and no file is needed for it.</summary>
internal static class DemoAvatar
{
    private const int Side = 256;

    /// <returns>A PNG.</returns>
    public static byte[] Draw(int hue)
    {
        using var bitmap = new SKBitmap(Side, Side);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColor.FromHsl(hue, 55, 82));
        Circle(canvas, SKColor.FromHsl((hue + 40) % 360, 85, 68), Side * (0.3f + (hue % 5 * 0.1f)), Side * 0.35f, Side * 0.16f);
        Circle(canvas, SKColor.FromHsl(hue, 45, 52), Side * 0.2f, Side * 1.1f, Side * 0.55f);
        Circle(canvas, SKColor.FromHsl(hue, 50, 36), Side * 0.85f, Side * 1.2f, Side * 0.6f);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void Circle(SKCanvas canvas, SKColor color, float x, float y, float radius)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawCircle(x, y, radius, paint);
    }
}
