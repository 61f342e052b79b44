using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Embedding;

/// <summary>ChatHub within an application that has users, cookies and a hub of its own.</summary>
public sealed partial class EmbeddedChatHubTests(EmbeddedChatHubTests.Fixture fixture) : IClassFixture<EmbeddedChatHubTests.Fixture>
{
    private Platform Platform => fixture.Platform;

    [Theory]
    [InlineData(HubProtocolChoice.Json)]
    [InlineData(HubProtocolChoice.MessagePack)]
    public async Task Users_of_the_host_talk_with_its_cookie_alone(HubProtocolChoice protocol)
    {
        var (alice, bob) = (await Platform.JoinAsync("alice"), await Platform.JoinAsync("bob"));
        await using var writer = await alice.ConnectAsync(protocol);
        await using var reader = await bob.ConnectAsync(protocol);
        var arrived = new TaskCompletionSource<RequestReceived>();
        reader.Events.RequestReceived += arrived.SetResult;

        await writer.Hub.SendRequest(new() { RecipientId = bob.Id, Text = "Is the library open today?", ClientId = "1" });

        var request = (await arrived.Task.SoonAsync()).Request;
        Assert.Equal((alice.Id, "Is the library open today?"), (request.Sender.UserId, request.Text));
        var accepted = await reader.Hub.AcceptRequest(new() { RequestId = request.RequestId });
        await reader.Hub.SendMessage(new() { ConversationId = accepted.Conversation!.ConversationId, Text = "Until six.", ClientId = "1" });
        Assert.Equal(2, (await writer.Hub.GetConversation(new() { ConversationId = accepted.Conversation.ConversationId })).LastSeq);
    }

    [Fact]
    public async Task Hosts_own_authentication_endpoints_and_hub_are_as_they_were()
    {
        var alice = await Platform.JoinAsync("alice");

        Assert.Equal(alice.Id, Encoding.UTF8.GetString((await Platform.HttpAsync("GET", "/own", alice.Pass)).Content));
        // Its fallback policy and its cookie's redirect.
        var stranger = await Platform.HttpAsync("GET", "/own", Credentials.None);
        Assert.Equal((HttpStatusCode.Found, "/Account/Login"), (stranger.Status, stranger.Headers.Location!.AbsolutePath));
        await using var own = new HubConnectionBuilder().WithUrl(new Uri(Platform.Address, "/hubs/own"), options =>
        {
            options.Headers["Cookie"] = alice.Pass.Cookie!;
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
        }).Build();
        await own.StartAsync(TestTimeouts.Token).SoonAsync();
        Assert.Equal(alice.Id, await own.InvokeAsync<string>("WhoAmI", TestTimeouts.Token).SoonAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await Platform.HttpAsync("GET", "/health/live", alice.Pass)).Status);
    }

    [Fact]
    public async Task Anonymous_and_unknown_users_are_unauthenticated()
    {
        var unknown = await Platform.SignInAsync("never-brought");
        foreach (var pass in (Credentials[])[Credentials.None, unknown, new(Cookie: "platform=forged"), new("forged")])
        {
            await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "POST", "/chat/hubs/chat/negotiate?negotiateVersion=1", pass);
            await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "GET", "/chat/api/me/export", pass);
            await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "POST", "/chat/api/sessions/host", pass);
        }

        // Erased here, still signed in there.
        var bob = await Platform.JoinAsync("bob");
        Assert.Equal(HttpStatusCode.NoContent, (await Platform.HttpAsync("DELETE", $"/chat/api/directory/users/{bob.Id}", Credentials.Service)).Status);
        await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "POST", "/chat/hubs/chat/negotiate?negotiateVersion=1", bob.Pass);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Page_of_another_origin_is_refused_with_a_valid_cookie(string header, string value)
    {
        var alice = await Platform.JoinAsync("alice");
        var pass = alice.Pass with { Headers = [(header, value)] };

        await Platform.HttpRefusedAsync("forbidden", HttpStatusCode.Forbidden, "POST", "/chat/hubs/chat/negotiate?negotiateVersion=1", pass);
        await Platform.HttpRefusedAsync("forbidden", HttpStatusCode.Forbidden, "POST", "/chat/api/sessions/host", pass);
        await Platform.HttpRefusedAsync("forbidden", HttpStatusCode.Forbidden, "DELETE", "/chat/api/me/avatar", pass);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => alice.OpenAsync(Platform.Hub, TestTimeouts.Token, (header, value)));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        // The same, from a page of the host's own.
        using var own = await alice.OpenAsync(Platform.Hub, TestTimeouts.Token, (header, Platform.Address.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Request_that_another_site_causes_has_no_user(string site)
    {
        var alice = await Platform.JoinAsync("alice");

        // An image, say, whose address is the export's: browsers send no Origin then.
        await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "GET", "/chat/api/me/export", alice.Pass with { Headers = [("Sec-Fetch-Site", site)] });
        foreach (var own in (string[])["same-origin", "none"])
            Assert.Equal(HttpStatusCode.OK, (await Platform.HttpAsync("GET", "/chat/api/me/export", alice.Pass with { Headers = [("Sec-Fetch-Site", own)] })).Status);
    }

    [Fact]
    public async Task Host_session_is_an_access_token_that_needs_no_cookie()
    {
        var alice = await Platform.JoinAsync("alice");

        var session = (await Platform.HttpAsync("POST", "/chat/api/sessions/host", alice.Pass)).Read<Session>();

        Assert.Equal(alice.Id, session.User.UserId);
        await using var client = new ChatHubClient(new() { ServerAddress = Platform.ChatHub, AccessTokenProvider = _ => new(session.AccessToken) });
        await client.ConnectAsync(TestTimeouts.Token).SoonAsync();
        Assert.Equal(alice.Id, (await client.Hub.GetMe(new())).User.UserId);
        // It ends with the ticket, and makes no other one.
        var ending = (await Platform.HttpAsync("POST", "/chat/api/sessions/host", await Platform.SignInAsync(alice.Id, seconds: 120))).Read<Session>();
        Assert.InRange(ending.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));
        await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "POST", "/chat/api/sessions/host", new(session.AccessToken));
    }

    [Fact]
    public async Task Token_says_who_calls_whatever_cookie_comes_with_it()
    {
        var (alice, bob) = (await Platform.JoinAsync("alice"), await Platform.JoinAsync("bob"));
        var token = (await Platform.HttpAsync("POST", "/chat/api/sessions/host", alice.Pass)).Read<Session>().AccessToken;

        var erased = await Platform.HttpAsync("DELETE", $"/chat/api/directory/users/{alice.Id}", new(token, Cookie: bob.Pass.Cookie));

        Assert.Equal(HttpStatusCode.NoContent, erased.Status);
    }

    [Fact]
    public async Task Ended_sessions_close_connections_and_refuse_earlier_tickets_until_the_next_sign_in()
    {
        var alice = await Platform.JoinAsync("alice");
        var before = await Platform.SignInAsync(alice.Id, age: 10);
        using var hub = await RawHub.ConnectAsync(Platform.Hub, before.Cookie);

        Assert.Equal(HttpStatusCode.NoContent, (await Platform.HttpAsync("DELETE", $"/chat/api/directory/users/{alice.Id}/sessions", Credentials.Service)).Status);

        await hub.ClosedAsync();
        await Platform.HttpRefusedAsync("unauthenticated", HttpStatusCode.Unauthorized, "POST", "/chat/api/sessions/host", before);
        Assert.Equal(HttpStatusCode.OK, (await Platform.HttpAsync("POST", "/chat/api/sessions/host", await Platform.SignInAsync(alice.Id))).Status);
    }

    [Fact]
    public async Task Accounts_are_the_hosts()
    {
        foreach (var (method, path) in ((string, string)[])[("POST", "api/accounts"), ("POST", "api/sessions"), ("POST", "api/sessions/refresh"), ("PUT", "api/me/password")])
            Assert.Equal(HttpStatusCode.NotFound, (await Platform.HttpAsync(method, $"/chat/{path}", Credentials.None, new object())).Status);
    }

    [Fact]
    public async Task Moderators_are_those_whom_the_host_calls_so()
    {
        var (moderator, member) = (await Platform.JoinAsync("mo", role: "moderator"), await Platform.JoinAsync("member", role: "service"));

        Assert.Equal(HttpStatusCode.OK, (await Platform.HttpAsync("GET", "/chat/api/moderation/reports", moderator.Pass)).Status);
        var token = (await Platform.HttpAsync("POST", "/chat/api/sessions/host", moderator.Pass)).Read<Session>().AccessToken;
        Assert.Equal(HttpStatusCode.OK, (await Platform.HttpAsync("GET", "/chat/api/moderation/reports", new(token))).Status);
        await Platform.HttpRefusedAsync("forbidden", HttpStatusCode.Forbidden, "GET", "/chat/api/moderation/reports", member.Pass);
        // The role service is that of a key alone.
        await Platform.HttpRefusedAsync("forbidden", HttpStatusCode.Forbidden, "GET", "/chat/api/directory/users", member.Pass);
    }

    [Fact]
    public async Task Everything_that_is_given_out_is_under_the_path()
    {
        var alice = await Platform.JoinAsync("alice");
        var avatar = (await Platform.HttpAsync("PUT", "/chat/api/me/avatar", alice.Pass, Pictures.Png(10, 10))).Read<AvatarReceipt>().AvatarUrl;

        Assert.StartsWith("/chat/avatars/", avatar, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Platform.HttpAsync("GET", avatar, Credentials.None)).Status);
        Assert.Equal("ok", (await Platform.HealthAsync(path: "/chat/health/ready")).Json.GetProperty("status").GetString());
        var described = (await Platform.HttpAsync("GET", "/chat/openapi/v1.json", Credentials.None)).Json;
        Assert.Equal("/chat", described.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal(["host"], SchemesOf("/api/sessions/host", "post"));
        Assert.Equal(["bearer", "host"], SchemesOf("/api/me/export", "get"));
        var page = await Platform.HttpAsync("GET", "/chat", Credentials.None);
        Assert.Equal((HttpStatusCode.Found, "/chat/"), (page.Status, page.Headers.Location!.OriginalString));
        Assert.Equal("text/html", (await Platform.HttpAsync("GET", "/chat/", Credentials.None)).ContentType!.MediaType);
        // What is not there is answered by ChatHub, and by none of the host's routes.
        Assert.Equal(HttpStatusCode.NotFound, (await Platform.HttpAsync("GET", "/chat/nothing", Credentials.None)).Status);

        IEnumerable<string> SchemesOf(string path, string method) =>
            described.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("security").EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(scheme => scheme.Name);
    }

    [Fact]
    public void Settings_are_read_under_ChatHub_and_an_unknown_one_is_a_warning() => Assert.Equal(
        ["ChatHub:Limits:CallsPerMinute", "ChatHub:Limit"],
        Platform.Log.Lines.Where(line => line is (LogLevel.Warning, "ChatHub", _)).Select(line => UnknownSetting().Match(line.Message).Groups[1].Value));

    [Theory]
    [InlineData(HttpTransportType.LongPolling)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    public async Task Other_transports_work_with_the_cookie_too(HttpTransportType transport)
    {
        var alice = await Platform.JoinAsync("alice");
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(Platform.ChatHub, "hubs/chat"), options =>
        {
            options.Headers["Cookie"] = alice.Pass.Cookie!;
            options.Transports = transport;
        }).Build();
        await hub.StartAsync(TestTimeouts.Token).SoonAsync();

        var me = await hub.InvokeAsync<JsonElement>("GetMe", new object(), TestTimeouts.Token).SoonAsync();

        Assert.Equal(alice.Id, me.GetProperty("user").GetProperty("userId").GetString());
    }

    [GeneratedRegex("^The setting (.*) is not known")]
    private static partial Regex UnknownSetting();

    /// <summary>One platform for all: the tests differ by their users.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal Platform Platform { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Platform = await Platform.StartAsync(settings: [("Limits:CallsPerMinute", "1"), ("Limit:CallsPerSecond", "1")]);

        public ValueTask DisposeAsync() => Platform.DisposeAsync();
    }
}
