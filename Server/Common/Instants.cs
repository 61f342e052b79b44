namespace ChatHub.Server.Common;

/// <summary>Instants as they are stored: milliseconds since 1970 in UTC.</summary>
internal static class Instants
{
    public const long DayMs = 24 * 60 * 60 * 1000;

    public static DateTimeOffset ToInstant(this long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static DateTimeOffset? ToInstant(this long? ms) => ms is { } some ? some.ToInstant() : null;
}
