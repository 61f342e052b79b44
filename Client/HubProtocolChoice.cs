namespace ChatHub.Client;

/// <summary>How hub messages are written on the wire. Both carry the same objects.</summary>
public enum HubProtocolChoice
{
    /// <summary>Binary: smaller and faster.</summary>
    MessagePack,

    /// <summary>Text: readable in a network trace.</summary>
    Json,
}
