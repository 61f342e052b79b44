using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>Both hub protocols, set up as server and SDK set them up.</summary>
internal static class HubProtocols
{
    public static IHubProtocol Json { get; } = MakeJson(_ => { });

    public static IHubProtocol Pack { get; } = MakePack(ContractMessagePack.Apply);

    /// <summary>Not only the contract's types, but whatever JSON can find out by reflection.</summary>
    public static IHubProtocol OpenJson { get; } = MakeJson(Open);

    public static IHubProtocol OpenPack { get; } = MakePack(options =>
    {
        var json = new JsonHubProtocolOptions().PayloadSerializerOptions;
        ContractJson.Apply(json);
        Open(json);
        ContractMessagePack.Apply(options, json);
    });

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

    private static JsonHubProtocol MakeJson(Action<JsonSerializerOptions> change)
    {
        var options = new JsonHubProtocolOptions();
        ContractJson.Apply(options.PayloadSerializerOptions);
        change(options.PayloadSerializerOptions);
        return new(Options.Create(options));
    }

    private static MessagePackHubProtocol MakePack(Action<MessagePackHubProtocolOptions> apply)
    {
        var options = new MessagePackHubProtocolOptions();
        apply(options);
        return new(Options.Create(options));
    }

    private static void Open(JsonSerializerOptions json) =>
        json.TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new DefaultJsonTypeInfoResolver());
}
