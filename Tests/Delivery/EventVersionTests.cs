using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatHub.Tests.Delivery;

/// <summary>The version of an event, read from the bytes that another instance has serialised.</summary>
public sealed class EventVersionTests
{
    private static readonly JsonHubProtocol Json = new(Options.Create(Contract()));

    [Fact]
    public void Read_durable_event_returns_its_version() =>
        Assert.Equal(42, Read(nameof(IChatClient.RequestRemoved), new RequestRemoved { Version = 42, RequestId = "r", Badges = new() { PendingRequests = 1, UnreadConversations = 2, UnreadMessages = 3 } }));

    [Theory]
    [InlineData("text")]
    [InlineData(7)]
    [InlineData(null)]
    public void Read_argument_without_version_returns_null(object? argument) => Assert.Null(ReadAs(new JsonHubProtocol(), "Event", argument));

    [Fact]
    public void Read_transient_event_returns_null() =>
        Assert.Null(Read(nameof(IChatClient.Typing), new Typing { ConversationId = "version", UserId = "version" }));

    [Fact]
    public void Read_version_of_a_nested_object_is_not_the_events() => Assert.Null(ReadAs(new JsonHubProtocol(), "Event", new { inner = new { version = 1 }, list = Enumerable.Repeat(2, 1) }));

    [Fact]
    public void Read_version_that_is_not_first_is_found() => Assert.Equal(3, ReadAs(new JsonHubProtocol(), "Event", new { inner = new { version = 1 }, version = 3 }));

    private static long? Read(string name, object? argument) => ReadAs(Json, name, argument);

    private static long? ReadAs(JsonHubProtocol json, string name, object? argument) =>
        EventVersion.Read(new SerializedHubMessage(new InvocationMessage(name, [argument])), json);

    private static JsonHubProtocolOptions Contract()
    {
        var options = new JsonHubProtocolOptions();
        ContractJson.Apply(options.PayloadSerializerOptions);
        return options;
    }
}
