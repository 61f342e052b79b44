namespace ChatHub.Client;

/// <summary>The hub protocol: how hub messages are encoded. Both carry the same objects.</summary>
public enum HubProtocolChoice
{
    /// <summary>Binary: smaller and faster.</summary>
    MessagePack,

    /// <summary>Text: readable in a network trace.</summary>
    Json,
}
