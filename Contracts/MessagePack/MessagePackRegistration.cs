using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatHub.Contracts.MessagePack;

/// <summary>Adds the protocol to a hub or a client.</summary>
public static class MessagePackRegistration
{
    /// <summary>Speaks MessagePack too; what its values look like is set by <c>AddJsonProtocol</c>.</summary>
    public static TBuilder AddMessagePackProtocol<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        return builder;
    }
}
