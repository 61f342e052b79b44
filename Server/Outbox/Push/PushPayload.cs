using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatHub.Contracts;

namespace ChatHub.Server.Outbox.Push;

/// <summary>What a push says: as much as its user's <see cref="PushContent"/> allows. It always fits into one record of RFC 8188 (4,096 bytes).</summary>
public static class PushPayload
{
    // At most 4 bytes each, and 6 where JSON escapes a character of one byte.
    private const int BodyMax = 300;

    // Unescaped, a text takes no more bytes than it has; nothing reads this as HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(OutboxItem item)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", OutboxEventNames.Of(item.Event));
            if (item.RequestId is not null)
                json.WriteString("requestId", item.RequestId);
            if (item.ConversationId is not null)
                json.WriteString("conversationId", item.ConversationId);
            if (item.PushContent != PushContent.Nothing)
                json.WriteString("title", item.PeerDisplayName);
            if (item.PushContent == PushContent.Text && item.Event != OutboxEventType.RequestAccepted && item.Text is { } text)
                json.WriteString("body", Shorten(text));
            json.WriteNumber("badge", item.PendingRequests + item.UnreadConversations);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Cut between two scalar values.</summary>
    private static string Shorten(string text)
    {
        var runes = text.EnumerateRunes().Take(BodyMax + 1).ToList();
        return runes.Count <= BodyMax ? text : string.Concat(runes.Take(BodyMax - 1)) + "…";
    }
}
