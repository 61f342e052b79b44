using System.Net;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>Mounted under a path, every url and cookie path that the server gives out begins with it.</summary>
public sealed class PathBaseTests : IAsyncLifetime
{
    // The beginning of a PNG, by which its type is recognised.
    private static readonly byte[] Picture = Pictures.Png(10, 10);

    private LiveServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LiveServer.StartAsync(("Http:PathBase", "/chat"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Avatars_are_under_it_and_are_found_with_and_without_it()
    {
        var alice = await Account.SignUpAsync(_server, "alice");

        var url = (await _server.HttpAsync("PUT", "/chat/api/me/avatar", new(alice.Token), Picture)).Read<AvatarReceipt>().AvatarUrl;

        Assert.StartsWith("/chat/avatars/", url, StringComparison.Ordinal);
        await using var device = await alice.ConnectAsync();
        Assert.Equal(url, (await device.Hub.GetMe(new())).User.AvatarUrl);
        // A proxy may pass the path on as it is, or take the base away.
        foreach (var path in (string[])[url, url["/chat".Length..]])
            Assert.Equal(HttpStatusCode.OK, (await _server.HttpAsync("GET", path, Credentials.None)).Status);
    }

    [Fact]
    public async Task The_refresh_cookie_is_for_it()
    {
        var alice = await Account.SignUpAsync(_server, "alice");
        foreach (var path in (string[])["/chat/api/sessions", "/api/sessions"])
        {
            var signedIn = await _server.HttpAsync("POST", path, Credentials.None, new SignInInput { Username = alice.Username, Password = Account.Password });
            Assert.Contains("path=/chat/api/sessions;", signedIn.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_description_says_so() => Assert.Equal(
        "/chat", (await _server.HttpAsync("GET", "/chat/openapi/v1.json", Credentials.None)).Json.GetProperty("servers")[0].GetProperty("url").GetString());

    [Fact]
    public async Task The_hub_is_under_it_for_the_sdk_and_for_a_token_in_the_query()
    {
        var alice = await Account.SignUpAsync(_server, "alice");
        await using var client = new ChatHubClient(new() { ServerAddress = new Uri(_server.Address, "/chat/"), AccessTokenProvider = _ => new(alice.Token) });
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        Assert.Equal(alice.Id, (await client.Hub.GetMe(new())).User.UserId);

        var negotiated = await _server.HttpAsync("POST", $"/chat/hubs/chat/negotiate?negotiateVersion=1&access_token={alice.Token}", Credentials.None);
        Assert.Equal(HttpStatusCode.OK, negotiated.Status);
        // Only the hub takes tokens so.
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.HttpAsync("GET", $"/chat/api/me/export?access_token={alice.Token}", Credentials.None)).Status);
    }

    [Fact]
    public async Task Avatars_of_before_are_under_it_too_once_it_is_set()
    {
        await using var before = await LiveServer.StartAsync();
        var alice = await Account.SignUpAsync(before, "alice");
        var url = (await before.HttpAsync("PUT", "/api/me/avatar", new(alice.Token), Picture)).Read<AvatarReceipt>().AvatarUrl;
        Assert.StartsWith("/avatars/", url, StringComparison.Ordinal);

        await using var after = await LiveServer.StartAsync([.. before.Database.Settings, ("Http:PathBase", "/chat")]);

        await using var device = await new Account(after.Address, alice.Session).ConnectAsync();
        Assert.Equal($"/chat{url}", (await device.Hub.GetMe(new())).User.AvatarUrl);
    }
}
