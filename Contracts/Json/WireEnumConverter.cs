using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatHub.Contracts;

/// <summary>
/// Enums as camelCase strings. A value that is not known reads as <see cref="Unknown"/> instead of failing, so that the
/// server can refuse it with an error that names the field, and an older client survives a newer server.
/// </summary>
public sealed class WireEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <summary>What an unknown value reads as; never defined in an enum of the contract.</summary>
    public static readonly T Unknown = (T)(object)-1;

    private static readonly (T Value, string Name, JsonEncodedText Encoded)[] Names =
        [.. Enum.GetValues<T>().Select(value => (value, CamelCase(value), JsonEncodedText.Encode(CamelCase(value))))];

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (value, name, _) in Names)
            {
                if (reader.ValueTextEquals(name))
                    return value;
            }
        }
        else
        {
            reader.Skip();
        }

        return Unknown;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var (known, _, encoded) in Names)
        {
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                writer.WriteStringValue(encoded);
                return;
            }
        }

        throw new JsonException($"{typeof(T).Name} {value} has no name on the wire.");
    }

    private static string CamelCase(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
