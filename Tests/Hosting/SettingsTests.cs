using System.Net;
using ChatHub.Server.Hosting.Settings;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Settings mean what a user of ASP.NET Core expects, and a misspelt one does not pass silently.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task An_unknown_key_under_a_section_is_a_warning_that_names_it()
    {
        await using var server = await LiveServer.StartAsync(
            ("Storage:Provder", "Sqlite"), ("Auth:SigningKeys", "x"), ("Messaging:RequestsPerDay:Max", "7"), ("Limits:Brust", "1"),
            ("Http:KnownProxies:first", "10.0.0.1"), ("Auth:ServiceKeys:1", "another-service-key-that-only-tests-use"), ("Elsewhere:Anything", "x"));

        var warned = server.Log.Text.Split('\n').Where(line => line.Contains("is not known and does nothing", StringComparison.Ordinal))
            .Select(line => line.Split("The setting ")[1].Split(' ')[0]);
        Assert.Equal(
            ["Auth:SigningKeys", "Http:KnownProxies:first", "Limits:Brust", "Messaging:RequestsPerDay:Max", "Storage:Provder"], warned.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_settings_that_come_with_it_are_all_known()
    {
        await using var server = await LiveServer.StartAsync();
        Assert.DoesNotContain("is not known", server.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "0")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:0")]
    public async Task Server_listens_where_aspnet_cores_own_settings_say(string key, string value)
    {
        await using var server = await ServerProcess.StartAsync(("Urls", ""), (key, value));

        Assert.NotEqual(5080, server.Address.Port);
        var address = new ListeningAt(new UriBuilder("http", "127.0.0.1", server.Address.Port).Uri, server.Database);
        Assert.Equal(HttpStatusCode.OK, (await address.HttpAsync("GET", "/health/live", Credentials.None)).Status);
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://localhost:1234", "Urls", "http://localhost:1234")]
    [InlineData("http://*:1234", "HTTP_PORTS", "1234")]
    [InlineData("https://*:1234", "HTTPS_PORTS", "1234")]
    [InlineData("http://localhost:1", "Urls", "http://localhost:1", "HTTP_PORTS", "2")]
    [InlineData("http://localhost:1", "Kestrel:Endpoints:Web:Url", "http://localhost:1", "Urls", "http://localhost:2")]
    public void The_address_is_aspnet_cores_or_else_the_default(string expected, params string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Chunk(2).Select(pair => KeyValuePair.Create<string, string?>(pair[0], pair[1]))).Build();

        var address = Assert.Single(ListenAddresses.Of(configuration));
        Assert.Equal(expected, $"{address.Scheme}://{address.Host}:{address.Port}");
    }

    [Fact]
    public async Task Without_a_home_to_write_to_nothing_warns()
    {
        await using var server = await ServerProcess.StartAsync(("HOME", "/proc/nowhere"));
        await Account.SignUpAsync(server, "alice");
        Assert.DoesNotContain("warn: ", server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("DataProtection", server.Log.Text, StringComparison.Ordinal);
    }

    private sealed record ListeningAt(Uri Address, TestDatabase Database) : ITestServer;
}
