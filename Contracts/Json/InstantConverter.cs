using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatHub.Contracts;

/// <summary>Instants as RFC 3339 UTC with milliseconds: <c>2026-11-22T08:00:00.123Z</c>. Any offset is read.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The length of every instant.</summary>
    public const int Length = 24;

    // The round-trip format has 7 digits after the point and a fast path; we keep 3.
    private const int RoundTripLength = 28;

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> text = stackalloc byte[Length];
        Format(value, text);
        writer.WriteStringValue(text);
    }

    /// <summary>Writes an instant's <see cref="Length"/> ASCII characters.</summary>
    public static void Format(DateTimeOffset value, Span<byte> text)
    {
        Span<byte> roundTrip = stackalloc byte[RoundTripLength];
        value.UtcDateTime.TryFormat(roundTrip, out _, "O", CultureInfo.InvariantCulture);
        roundTrip[Length - 1] = (byte)'Z';
        roundTrip[..Length].CopyTo(text);
    }
}
