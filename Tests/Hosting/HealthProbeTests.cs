using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary><c>--health</c> asks the server of the same settings, however that listens.</summary>
public sealed class HealthProbeTests
{
    [Theory]
    [InlineData("AllowedHosts", "chat.example")]
    [InlineData("AllowedHosts", "*.chat.example;other.example")]
    [InlineData("Http:PathBase", "/chat")]
    public async Task Behind_allowed_hosts_and_a_path_base_it_is_ready(string key, string value)
    {
        await using var server = await ServerProcess.StartAsync((key, value));
        Assert.True(await server.IsHealthyAsync());
    }

    [Fact]
    public async Task With_https_and_any_certificate_it_is_ready()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("chat.example");
        await using var server = await ServerProcess.StartAsync(
            ("Urls", $"https://127.0.0.1:{Ports.Next()}"), ("Kestrel:Certificates:Default:Path", certificate), ("Kestrel:Certificates:Default:KeyPath", key));
        Assert.True(await server.IsHealthyAsync());
    }

    [Fact]
    public async Task On_a_unix_socket_it_is_ready()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Kestrel's unix sockets.");
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(("Urls", $"http://unix:{folder.File("chathub.sock")}"));
        Assert.True(await server.IsHealthyAsync());
    }

    [Fact]
    public async Task A_server_that_is_away_is_not_ready()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.KillAsync();
        Assert.Equal(1, await server.RunSwitchAsync("--health"));
    }
}
