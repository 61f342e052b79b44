using System.Globalization;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>When something happened, as short as can be.</summary>
internal static class Clock
{
    /// <param name="instant">When it happened.</param>
    /// <param name="now">Now, with the offset in which times are to be shown.</param>
    public static string Of(DateTimeOffset instant, DateTimeOffset now)
    {
        var local = instant.ToOffset(now.Offset);
        return local.ToString(local.Date == now.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
