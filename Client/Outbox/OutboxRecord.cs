using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatHub.Client.Sending;

/// <summary>One line of the outbox's file: a message was added, tried for the first time, or is done.</summary>
internal sealed record OutboxRecord
{
    public required OutboxRecordKind Kind { get; init; }
    public required string ClientId { get; init; }
    public string? ConversationId { get; init; }
    public string? Text { get; init; }

    /// <summary>When it was added or tried.</summary>
    public DateTimeOffset? At { get; init; }

    /// <returns>Null for what is no record: a line that was cut off when the program ended while writing it.</returns>
    public static OutboxRecord? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, OutboxJson.Default.OutboxRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToLine() => JsonSerializer.Serialize(this, OutboxJson.Default.OutboxRecord);
}

internal enum OutboxRecordKind
{
    Added,
    Tried,
    Done,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutboxRecord))]
internal sealed partial class OutboxJson : JsonSerializerContext;
