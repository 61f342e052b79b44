using System.Collections.Concurrent;
using System.Text.Json;

namespace ChatHub.Server.Delivery;

/// <summary>Messages of the server's modules to the other instances: JSON <c>[sender, topic, value…]</c>.</summary>
internal sealed class TopicHandlers(string self, ILogger log)
{
    private readonly ConcurrentDictionary<string, Action<IReadOnlyList<string>>> _handlers = new(StringComparer.Ordinal);

    public void Subscribe(string topic, Action<IReadOnlyList<string>> handler) => _handlers[topic] = handler;

    public byte[] Write(string topic, IReadOnlyList<string> values) => JsonSerializer.SerializeToUtf8Bytes((string[])[self, topic, .. values]);

    /// <summary>One's own, and topics of another release, are passed over.</summary>
    public void Handle(byte[] message)
    {
        try
        {
            if (JsonSerializer.Deserialize<string[]>(message) is [var sender, var topic, .. var values] && sender != self
                && _handlers.TryGetValue(topic, out var handler))
            {
                handler(values);
            }
        }
        catch (JsonException e)
        {
            DeliveryLog.BadMessage(log, e);
        }
    }
}
