using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Contracts;
using ChatHub.Contracts.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>Both hub protocols, set up as server and SDK set them up.</summary>
internal static class HubProtocols
{
    private static readonly IOptions<JsonHubProtocolOptions> Contract = Make(_ => { });

    // Not only the contract's types, but whatever JSON can find out by reflection.
    private static readonly IOptions<JsonHubProtocolOptions> Open = Make(options =>
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new DefaultJsonTypeInfoResolver()));

    public static IHubProtocol Json { get; } = new JsonHubProtocol(Contract);

    public static IHubProtocol Pack { get; } = new MessagePackHubProtocol(Contract);

    public static IHubProtocol OpenJson { get; } = new JsonHubProtocol(Open);

    public static IHubProtocol OpenPack { get; } = new MessagePackHubProtocol(Open);

    /// <summary>What a message says, whichever protocol it came by.</summary>
    public static string Describe(HubMessage message) => Encoding.UTF8.GetString(OpenJson.GetMessageBytes(message).Span);

    /// <summary>Reads bytes that hold exactly one message.</summary>
    public static HubMessage Parse(this IHubProtocol protocol, ReadOnlyMemory<byte> bytes, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(protocol.TryParseMessage(ref input, binder, out var message));
        Assert.True(input.IsEmpty);
        return message;
    }

    private static IOptions<JsonHubProtocolOptions> Make(Action<JsonSerializerOptions> change)
    {
        var options = new JsonHubProtocolOptions();
        ContractJson.Apply(options.PayloadSerializerOptions);
        change(options.PayloadSerializerOptions);
        return Options.Create(options);
    }
}
