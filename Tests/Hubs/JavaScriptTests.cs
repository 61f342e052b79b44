using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>The official JavaScript client against the real server process.</summary>
public sealed class JavaScriptTests(SharedServer server)
{
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Official_client_completes_the_story_in_either_protocol(string protocol) =>
        Assert.Equal(["story completed"], await Node.RunAsync("story.mjs", [$"{server.Address}", protocol], []));

    [Fact]
    public async Task One_instance_also_serves_server_sent_events_and_long_polling() =>
        Assert.Equal(["WebSockets", "ServerSentEvents", "LongPolling"], await Node.RunAsync("transports.mjs", [$"{server.Address}"], []));

    [Fact]
    public async Task JSON_and_MessagePack_clients_in_one_chat_see_identical_objects() =>
        Assert.Equal(["139 compared"], await Node.RunAsync("together.mjs", [$"{server.Address}"], []));
}
