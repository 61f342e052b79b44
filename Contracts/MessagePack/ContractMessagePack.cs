using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MessagePack;
using Microsoft.AspNetCore.SignalR;

namespace ChatHub.Contracts;

/// <summary>
/// MessagePack by the rules of <see cref="ContractJson"/>: both hub protocols carry the same objects. Server and SDK add it
/// with <c>.AddMessagePackProtocol(ContractMessagePack.Apply)</c>.
/// </summary>
public static class ContractMessagePack
{
    private const string DynamicCode = "Formatters are closed over the types of the properties at run time, and so are the protocol's own calls.";

    /// <summary>Gives the hub protocol the contract's rules. What it reads is untrusted: depth is limited.</summary>
    [RequiresDynamicCode(DynamicCode)]
    public static void Apply(MessagePackHubProtocolOptions options)
    {
        // As in the JSON hub protocol, names are read whatever their case.
        var json = new JsonSerializerOptions { PropertyNameCaseInsensitive = true };
        ContractJson.Apply(json);
        Apply(options, json);
    }

    [RequiresDynamicCode(DynamicCode)]
    internal static void Apply(MessagePackHubProtocolOptions options, JsonSerializerOptions json)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.SerializerOptions = new MessagePackSerializerOptions(new JsonMetadataResolver(json)).WithSecurity(MessagePackSecurity.UntrustedData);
    }
}
