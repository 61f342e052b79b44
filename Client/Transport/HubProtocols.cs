using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace ChatHub.Client.Transport;

/// <summary>The hub protocols of the SDK. The contract's JSON metadata describes the objects of both.</summary>
internal static class HubProtocols
{
    public static IHubProtocol Of(HubProtocolChoice choice)
    {
        var json = new JsonHubProtocolOptions();
        ContractJson.Apply(json.PayloadSerializerOptions);
        var pack = new MessagePackHubProtocolOptions();
        ContractMessagePack.Apply(pack);
        return choice == HubProtocolChoice.Json
            ? new JsonHubProtocol(Options.Create(json))
            : new MessagePackHubProtocol(Options.Create(pack));
    }
}
