using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Server.Delivery;

/// <summary>
/// Reads the version of an event that another instance has serialised: the carrier between instances hands over bytes
/// alone. Reading stops there; the contract's events begin with it.
/// </summary>
internal static class EventVersion
{
    /// <returns>Null for an event without one, which may be dropped.</returns>
    public static long? Read(SerializedHubMessage message, IHubProtocol json)
    {
        // {"type":1,"target":"MessageReceived","arguments":[{"version":12, …
        var reader = new Utf8JsonReader(message.GetSerializedMessage(json).Span);
        return TryEnter(ref reader, "arguments"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.StartArray
            && TryEnter(ref reader, "version"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : null;
    }

    /// <summary>Enters the next value, if it is an object, and goes to its property.</summary>
    private static bool TryEnter(ref Utf8JsonReader reader, ReadOnlySpan<byte> property)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(property))
                return true;
            reader.Skip();
        }

        return false;
    }
}
