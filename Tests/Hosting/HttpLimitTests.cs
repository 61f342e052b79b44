using System.Globalization;
using System.Net;
using ChatHub.Contracts;
using ChatHub.Server.Hosting;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>HTTP counts by service key, by user, else by address; and nothing that a stranger sends is remembered without bound.</summary>
public sealed class HttpLimitTests
{
    private static readonly (string, string)[] Few = [("Limits:CallsPerSecond", "1"), ("Limits:Burst", "5"), ("Http:KnownProxies:0", "127.0.0.1")];

    [Fact]
    public async Task An_address_without_a_token_has_one_burst_and_others_have_theirs()
    {
        await using var server = await InProcessServer.StartAsync(Few);
        foreach (var path in (string[])["/avatars/nothing", "/openapi/v1.json", "/api/me/export", "/hubs/chat/negotiate", "/nothing"])
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await server.HttpAsync("GET", path, From("192.0.2.1"))).Status);

        var refused = await server.HttpRefusedAsync(
            ErrorCodes.RateLimited, HttpStatusCode.TooManyRequests, "GET", "/avatars/nothing", From("192.0.2.1"));
        Assert.Equal("1", refused.Header("Retry-After"));
        await server.HttpRefusedAsync(
            ErrorCodes.RateLimited, HttpStatusCode.TooManyRequests, "POST", "/api/sessions/refresh", From("192.0.2.1") with { Cookie = "chathub_refresh=nothing" });
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/health/live", From("192.0.2.1"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", "/avatars/nothing", From("192.0.2.2"))).Status);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", "/avatars/nothing", From("192.0.2.1"))).Status);
    }

    [Fact]
    public async Task A_users_requests_and_hub_calls_are_one_count_from_whatever_address()
    {
        await using var server = await InProcessServer.StartAsync(Few);
        var alice = await Account.BringAsync(server, "alice");
        using var hub = await RawHub.ConnectAsync(server, alice.Token);
        await hub.InvokeAsync("GetMe", "{}");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.NoContent, await RemoveAvatarAsync(server, alice, $"192.0.2.{i}"));

        Assert.Equal(HttpStatusCode.TooManyRequests, await RemoveAvatarAsync(server, alice, "192.0.2.9"));
        Assert.Contains("rate_limited", (await hub.InvokeAsync("GetMe", "{}")).GetProperty("error").GetString(), StringComparison.Ordinal);
        var bob = await Account.BringAsync(server, "bob");
        Assert.Equal(HttpStatusCode.NoContent, await RemoveAvatarAsync(server, bob, "192.0.2.9"));
    }

    [Fact]
    public async Task A_service_key_has_a_count_of_its_own()
    {
        await using var server = await InProcessServer.StartAsync(Few);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/directory/users", Credentials.Service)).Status);
        await server.HttpRefusedAsync(ErrorCodes.RateLimited, HttpStatusCode.TooManyRequests, "GET", "/api/directory/users", Credentials.Service);
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", "/avatars/nothing", Credentials.None)).Status);
    }

    [Fact]
    public async Task Guesses_at_service_keys_are_counted_by_address_and_then_not_even_compared()
    {
        await using var server = await InProcessServer.StartAsync(("Http:KnownProxies:0", "127.0.0.1"));
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await UsersAsync(server, From("192.0.2.1") with { Key = $"guess {i} {new string('x', 32)}" }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await UsersAsync(server, From("192.0.2.1") with { Key = "another guess" }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await UsersAsync(server, From("192.0.2.1") with { Key = ServerSettings.ServiceKey }));

        // Where the host application calls from, no one who shares its address keeps it out.
        var host = From("192.0.2.2") with { Key = ServerSettings.ServiceKey };
        Assert.Equal(HttpStatusCode.OK, await UsersAsync(server, host));
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await UsersAsync(server, host with { Key = "a guess" }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await UsersAsync(server, host with { Key = "a guess" }));
        Assert.Equal(HttpStatusCode.OK, await UsersAsync(server, host));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    public async Task Two_forms_of_one_subscriber_are_one_address(string one, string other)
    {
        await using var server = await InProcessServer.StartAsync(("Limits:SignUpsPerMinute", "1"), ("Http:KnownProxies:0", "127.0.0.1"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(server, one));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignUpAsync(server, other));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(server, "2001:db8:1:3::1"));
    }

    [Theory]
    [InlineData("/api/accounts")]
    [InlineData("/api/sessions")]
    [InlineData("/api/accounts/password-reset")]
    public async Task A_body_beyond_4_KiB_is_refused_before_it_is_read(string path)
    {
        await using var server = await InProcessServer.StartAsync();
        using var body = new EndlessContent(length: 510_000);
        // The client keeps its body until the server wants it, which it never does.
        var withheld = new Credentials { Headers = [("Expect", "100-continue")] };
        var refused = await server.HttpRefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "POST", path, withheld, body);
        Assert.Equal("close", refused.Header("Connection"));

        var fits = new SignInInput { Username = "alice", Password = new string('x', 3_500) };
        Assert.NotEqual("The body is too large.", (await server.HttpAsync("POST", path, Credentials.None, fits)).Json.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Impossible_username_is_refused_before_it_is_counted()
    {
        await using var server = await InProcessServer.StartAsync();
        foreach (var name in (string[])[new('x', 65), new('x', 3_000), "two words", "", "a\uFFFEb"])
        {
            // Beyond what would be refused if they were counted as guesses.
            for (var i = 0; i < 12; i++)
                Assert.Equal(ErrorCodes.InvalidArgument, (await SignInAsync(server, name)).Code);
        }
    }

    [Fact]
    public void Spent_tokens_are_refilled_with_time()
    {
        var time = new ManualTime();
        var buckets = new TokenBuckets(burst: 4, TimeSpan.FromSeconds(1), shareEvery: int.MaxValue, time);
        for (var i = 0; i < 10_000; i++)
            buckets.Take(i.ToString(CultureInfo.InvariantCulture), out _);
        time.Advance(TimeSpan.FromSeconds(0.5));
        buckets.Take("late", out _);
        time.Advance(TimeSpan.FromSeconds(0.5));

        buckets.Forget();

        Assert.Equal(1, buckets.Count);
        time.Advance(TimeSpan.FromSeconds(0.5));
        buckets.Forget();
        Assert.Equal(0, buckets.Count);
    }

    [Fact]
    public async Task A_user_has_one_export_at_a_time()
    {
        await using var server = await InProcessServer.StartAsync();
        var (alice, bob) = (await Account.BringAsync(server, "alice"), await Account.BringAsync(server, "bob"));
        var gate = server.Services.GetRequiredService<ExportGate>();
        var key = Assert.Single(await server.Database.ListAsync<long>("SELECT user_key FROM users WHERE user_id = @Id", new { alice.Id }));
        using (gate.Enter(key))
        {
            var refused = await server.HttpAsync("GET", "/api/me/export", new(alice.Token));
            Assert.Equal((HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited, "10"), (refused.Status, refused.Code, refused.Header("Retry-After")));
            Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(bob.Token))).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(alice.Token))).Status);
    }

    [Fact]
    public async Task Few_exports_run_at_once()
    {
        await using var server = await InProcessServer.StartAsync();
        var alice = await Account.BringAsync(server, "alice");
        var gate = server.Services.GetRequiredService<ExportGate>();
        var others = Enumerable.Range(1, 4).Select(i => gate.Enter(-i)).ToList();
        Assert.Equal(ErrorCodes.RateLimited, (await server.HttpAsync("GET", "/api/me/export", new(alice.Token))).Code);
        others[0].Dispose();
        Assert.Equal(HttpStatusCode.OK, (await server.HttpAsync("GET", "/api/me/export", new(alice.Token))).Status);
    }

    [Fact]
    public async Task An_unexpected_proxy_is_warned_of_once()
    {
        await using var server = await ServerProcess.StartAsync();
        for (var i = 0; i < 3; i++)
            await server.HttpAsync("GET", "/health/live", From("192.0.2.1"));
        await server.Log.FindAsync("X-Forwarded-For is ignored: Http:KnownProxies is empty").SoonAsync();
        await server.StopAsync();
        Assert.Equal(2, server.Log.Text.Split("X-Forwarded-For is ignored").Length);
    }

    private static Credentials From(string address) => new() { Headers = [("X-Forwarded-For", address)] };

    private static async Task<HttpStatusCode> UsersAsync(ITestServer server, Credentials pass) =>
        (await server.HttpAsync("GET", "/api/directory/users", pass)).Status;

    private static async Task<HttpStatusCode> RemoveAvatarAsync(ITestServer server, Account account, string from) =>
        (await server.HttpAsync("DELETE", "/api/me/avatar", From(from) with { Token = account.Token })).Status;

    private static async Task<HttpStatusCode> SignUpAsync(ITestServer server, string from) => (await server.HttpAsync(
        "POST", "/api/accounts", From(from), new SignUpInput { Username = Account.UniqueName("alice"), Password = Account.Password, BirthDate = "1990-05-17" })).Status;

    private static Task<HttpResult> SignInAsync(ITestServer server, string name) =>
        server.SignInAsync(name, "a guess like any");

    /// <summary>Says how long it is and never sends it: only who does not wait for it answers.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly long _length;

        public EndlessContent(long length)
        {
            _length = length;
            Headers.ContentType = new("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.FlushAsync(TestTimeouts.Token);

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
