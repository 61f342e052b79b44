using System.Text.Json.Serialization;

namespace ChatHub.Terminal.Config;

[JsonSerializable(typeof(StoredSession))]
internal sealed partial class StoredSessionJson : JsonSerializerContext;
