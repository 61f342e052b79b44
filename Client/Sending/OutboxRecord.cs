using System.Text.Json;

namespace ChatHub.Client.Sending;

/// <summary>One line of the outbox's file: a message was added, attempted for the first time, or is done.</summary>
internal sealed record OutboxRecord
{
    public required OutboxRecordKind Kind { get; init; }
    public required string ClientId { get; init; }
    public string? ConversationId { get; init; }
    public string? Text { get; init; }

    /// <summary>When it was added or attempted.</summary>
    public DateTimeOffset? At { get; init; }

    /// <returns>Null for a torn line: the process ended while writing it.</returns>
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
