using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace ChatHub.Client.Transport;

/// <summary>The hub protocols that the SDK can speak.</summary>
internal static class HubProtocols
{
    public static IHubProtocol Json()
    {
        var options = new JsonHubProtocolOptions();
        ContractJson.Apply(options.PayloadSerializerOptions);
        return new JsonHubProtocol(Options.Create(options));
    }
}
