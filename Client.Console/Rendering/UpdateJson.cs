using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.Rendering;

/// <summary>Updates as JSON, by the rules of the contract.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MeUpdate))]
[JsonSerializable(typeof(BadgesUpdate))]
[JsonSerializable(typeof(ConversationUpdate))]
[JsonSerializable(typeof(MessageUpdate))]
[JsonSerializable(typeof(MessageChangedUpdate))]
[JsonSerializable(typeof(SeenUpdate))]
[JsonSerializable(typeof(RequestUpdate))]
[JsonSerializable(typeof(RequestRemovedUpdate))]
[JsonSerializable(typeof(BlockUpdate))]
[JsonSerializable(typeof(TypingUpdate))]
[JsonSerializable(typeof(PresenceUpdate))]
[JsonSerializable(typeof(InboxCleared))]
[JsonSerializable(typeof(InboxReady))]
internal sealed partial class UpdateJson : JsonSerializerContext
{
    public static JsonSerializerOptions WireOptions { get; } = new(ContractJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new UpdateJson()),
    };
}
