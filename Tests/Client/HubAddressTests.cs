using ChatHub.Client.Transport;
using Xunit;

namespace ChatHub.Tests.Client;

public sealed class HubAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080", "ws://localhost:5080/hubs/chat")]
    [InlineData("https://example.org/", "wss://example.org/hubs/chat")]
    [InlineData("https://example.org/chat/", "wss://example.org/chat/hubs/chat")]
    public void Of_appends_the_hubs_path_to_the_servers_address(string server, string hub) =>
        Assert.Equal(hub, HubAddress.Of(new Uri(server)).ToString());

    [Theory]
    [InlineData("ftp://localhost")]
    [InlineData("/relative")]
    public void Of_with_another_scheme_or_a_relative_address_throws(string server) =>
        Assert.Throws<ArgumentException>(() => HubAddress.Of(new Uri(server, UriKind.RelativeOrAbsolute)));
}
