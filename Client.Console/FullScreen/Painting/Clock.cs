using System.Globalization;

namespace ChatHub.Terminal.FullScreen.Painting;

/// <summary>Short times and days.</summary>
internal static class Clock
{
    /// <param name="instant">When it happened.</param>
    /// <param name="now">Now, with the offset in which times are to be shown.</param>
    public static string Of(DateTimeOffset instant, DateTimeOffset now) =>
        DayOf(instant, now) == DayOf(now, now) ? Time(instant, now) : $"{DayOf(instant, now):yyyy-MM-dd} {Time(instant, now)}";

    /// <summary>The time alone, where the day is given separately.</summary>
    public static string Time(DateTimeOffset instant, DateTimeOffset now) =>
        instant.ToOffset(now.Offset).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static DateOnly DayOf(DateTimeOffset instant, DateTimeOffset now) => DateOnly.FromDateTime(instant.ToOffset(now.Offset).Date);

    public static string Name(DateOnly day, DateTimeOffset now) => (DayOf(now, now).DayNumber - day.DayNumber) switch
    {
        0 => "today",
        1 => "yesterday",
        _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
