using ChatHub.Contracts;
using ChatHub.Contracts.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace ChatHub.Client.Transport;

/// <summary>The hub protocols of the SDK. The contract's JSON metadata describes the objects of both.</summary>
internal static class HubProtocols
{
    public static IHubProtocol Of(HubProtocolChoice choice)
    {
        var options = new JsonHubProtocolOptions();
        ContractJson.Apply(options.PayloadSerializerOptions);
        return choice == HubProtocolChoice.Json
            ? new JsonHubProtocol(Options.Create(options))
            : new MessagePackHubProtocol(Options.Create(options));
    }
}
