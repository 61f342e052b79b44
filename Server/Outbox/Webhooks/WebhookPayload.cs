using System.Buffers;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Server.Outbox.Webhooks;

/// <summary>An event as CloudEvents 1.0 has it, in JSON (structured mode).</summary>
public static class WebhookPayload
{
    public const string ContentType = "application/cloudevents+json";

    /// <param name="item">The entry.</param>
    /// <param name="source">Names this installation.</param>
    /// <param name="includeText">Whether texts are in it.</param>
    /// <param name="now">In unix milliseconds.</param>
    public static byte[] Write(OutboxItem item, string source, bool includeText, long now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", item.EntryId);
            json.WriteString("source", source);
            json.WriteString("type", OutboxEventNames.Of(item.Event));
            json.WriteString("subject", item.UserId);
            WriteInstant(json, "time", item.OccurredAt);
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            WriteData(json, item, includeText, now);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteData(Utf8JsonWriter json, OutboxItem item, bool includeText, long now)
    {
        json.WriteString("userId", item.UserId);
        switch (item.Event)
        {
            case OutboxEventType.RequestReceived or OutboxEventType.RequestAccepted or OutboxEventType.MessageReceived:
                WriteInboxData(json, item, includeText, now);
                break;
            case OutboxEventType.ReportCreated:
                json.WriteString("reportId", item.ReportId);
                break;
            case OutboxEventType.UserBanned:
                if (item.BannedUntil is { } until)
                    WriteInstant(json, "until", until);
                else
                    json.WriteNull("until");
                break;
        }
    }

    private static void WriteInboxData(Utf8JsonWriter json, OutboxItem item, bool includeText, long now)
    {
        json.WriteString(item.Event == OutboxEventType.RequestAccepted ? "accepterId" : "senderId", item.PeerId);
        if (item.RequestId is not null)
            json.WriteString("requestId", item.RequestId);
        if (item.ConversationId is not null)
            json.WriteString("conversationId", item.ConversationId);
        if (item.Seq is { } seq)
            json.WriteNumber("seq", seq);
        json.WriteString("folder", item.Folder == RequestFolder.Filtered ? "filtered" : "main");
        json.WriteBoolean("muted", item.IsMuted(now));
        if (includeText && item.Event != OutboxEventType.RequestAccepted && item.Text is { } text)
            json.WriteString("text", text);
    }

    private static void WriteInstant(Utf8JsonWriter json, string name, long ms)
    {
        Span<byte> text = stackalloc byte[InstantConverter.Length];
        InstantConverter.Format(ms.ToInstant(), text);
        json.WriteString(name, text);
    }
}
