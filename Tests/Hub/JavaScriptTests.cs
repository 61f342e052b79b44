using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>The official JavaScript client against the real server process.</summary>
public sealed class JavaScriptTests(SharedServer server)
{
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task The_official_client_tells_the_story_in_either_protocol(string protocol) =>
        Assert.Equal(["story told"], await Node.RunAsync("story.mjs", [$"{server.Address}", protocol], []));
}
