using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using ChatHub.Contracts;
using ChatHub.Server.Outbox.Push;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Notifications;

/// <summary>Push subscriptions: what is taken, how many, and when they end.</summary>
public sealed class PushSubscriptionTests(SharedServer server)
{
    private const string Path = "/api/me/push-subscriptions/";

    [Fact]
    public async Task Key_is_a_point_on_the_curve_and_stays_the_same()
    {
        var first = await KeyAsync();
        var point = Base64Url.DecodeFromChars(first);

        Assert.Equal((65, 4), (point.Length, point[0]));
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.Equal(256, key.KeySize);
        Assert.Equal(first, await KeyAsync());

        async Task<string> KeyAsync() => (await server.HttpAsync("GET", "/api/push/key", Credentials.None)).Read<PushKey>().PublicKey;
    }

    [Fact]
    public async Task Key_survives_a_restart()
    {
        await using var own = await ServerProcess.StartAsync();
        var before = (await own.HttpAsync("GET", "/api/push/key", Credentials.None)).Read<PushKey>();
        await own.KillAsync();
        await own.RestartAsync();

        Assert.Equal(before, (await own.HttpAsync("GET", "/api/push/key", Credentials.None)).Read<PushKey>());
    }

    [Theory]
    [InlineData("http://push.example/abc", null, null)]
    [InlineData("ftp://push.example/abc", null, null)]
    [InlineData("push.example", null, null)]
    [InlineData("https://user:pass@push.example/abc", null, null)]
    [InlineData("https://localhost/abc", null, null)]
    [InlineData("https://intranet/abc", null, null)]
    [InlineData("https://127.0.0.1/abc", null, null)]
    [InlineData("https://[::1]/abc", null, null)]
    [InlineData("https://[::ffff:10.0.0.1]/abc", null, null)]
    [InlineData("https://[fe80::1]/abc", null, null)]
    [InlineData("https://[fd00::1]/abc", null, null)]
    [InlineData("https://10.1.2.3/abc", null, null)]
    [InlineData("https://169.254.169.254/latest", null, null)]
    [InlineData("https://0x7f.1/abc", null, null)]
    [InlineData("https://push.example/abc", "AAAA", null)]
    [InlineData("https://push.example/abc", "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("https://push.example/abc", null, "short")]
    public async Task Subscription_of_another_form_is_refused(string endpoint, string? p256dh, string? auth)
    {
        var account = await Account.BringAsync(server, "alice");
        var valid = Subscription(endpoint);
        await server.HttpRefusedAsync(
            ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", Path + "phone", new(account.Token),
            valid with { P256dh = p256dh ?? valid.P256dh, Auth = auth ?? valid.Auth });
    }

    [Fact]
    public async Task Longest_subscription_is_taken_however_its_JSON_escapes_it()
    {
        var account = await Account.BringAsync(server, "alice");
        var subscription = Subscription("https://push.example/".PadRight(Limits.PushEndpointMax, 'x'));
        using var body = new StringContent(
            $$"""{"endpoint":"{{Escaped(subscription.Endpoint!)}}","p256dh":"{{Escaped(subscription.P256dh!)}}","auth":"{{Escaped(subscription.Auth!)}}"}""",
            System.Text.Encoding.UTF8, "application/json");

        var answer = await server.HttpAsync("PUT", Path + "phone", new(account.Token), body);

        Assert.Equal((HttpStatusCode.NoContent, null), (answer.Status, answer.Code));
        Assert.Equal(["phone"], await IdsAsync(account));

        static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("%C3%A4")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Id_of_another_form_is_refused(string id)
    {
        var account = await Account.BringAsync(server, "alice");
        await server.HttpRefusedAsync(ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "PUT", Path + id, new(account.Token), Subscription());
    }

    [Fact]
    public async Task Putting_again_replaces_and_an_eleventh_removes_the_oldest()
    {
        var account = await Account.BringAsync(server, "alice");
        for (var i = 0; i < Limits.PushSubscriptionsMax; i++)
            await PutAsync(account, $"d{i}", Subscription());
        var renewed = Subscription();
        await PutAsync(account, "d0", renewed);
        Assert.Equal(Limits.PushSubscriptionsMax, (await IdsAsync(account)).Count);

        await PutAsync(account, "d10", Subscription());

        var ids = await IdsAsync(account);
        Assert.Equal(Limits.PushSubscriptionsMax, ids.Count);
        Assert.DoesNotContain("d1", ids);
        Assert.Contains("d0", ids);
        Assert.Equal(renewed.Endpoint, (await server.Database.ListAsync<string>(
            "SELECT p.endpoint FROM push_subscriptions p JOIN users u ON u.user_key = p.user_key WHERE u.user_id = @Id AND p.device_id = 'd0'", new { account.Id })).Single());
        Assert.Equal([Limits.PushSubscriptionsMax], await CountAsync(account));
    }

    [Fact]
    public async Task A_browsers_subscription_belongs_to_the_user_who_put_it_last()
    {
        var (alice, bob) = (await Account.BringAsync(server, "alice"), await Account.BringAsync(server, "bob"));
        var shared = Subscription();
        await PutAsync(alice, "browser", shared);
        await PutAsync(bob, "browser", shared);

        Assert.Empty(await IdsAsync(alice));
        Assert.Equal(["browser"], await IdsAsync(bob));
        Assert.Equal([0], await CountAsync(alice));
    }

    [Fact]
    public async Task Browser_that_passes_between_users_while_they_put_other_devices_leaves_both_counts_right()
    {
        var alice = await Account.BringAsync(server, "alice");
        var bob = await Account.BringAsync(server, "bob");
        var shared = Subscription();
        for (var round = 0; round < 20; round++)
        {
            var (from, to) = round % 2 == 0 ? (alice, bob) : (bob, alice);
            await PutAsync(from, "browser", shared);
            await Task.WhenAll(PutAsync(to, "browser", shared), PutAsync(from, $"phone{round % 4}", Subscription()), PutAsync(to, "tablet", Subscription()));
            foreach (var account in (Account[])[from, to])
                Assert.Equal([(await IdsAsync(account)).Count], await CountAsync(account));
        }
    }

    [Fact]
    public async Task Deleting_ends_it_and_deleting_nothing_is_fine()
    {
        var account = await Account.BringAsync(server, "alice");
        await PutAsync(account, "phone", Subscription());
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", Path + "phone", new(account.Token))).Status);

        Assert.Empty(await IdsAsync(account));
        Assert.Equal([0], await CountAsync(account));
    }

    [Fact]
    public async Task Subscription_ends_with_its_session()
    {
        var account = await Account.SignUpAsync(server, "alice");
        var first = (await server.SignInAsync(account)).AccessToken();
        var second = (await server.SignInAsync(account)).AccessToken();
        await PutAsync(first, "first", Subscription());
        await PutAsync(second, "second", Subscription());
        Assert.Equal(2, (await IdsAsync(account)).Count);

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", "/api/me/sessions", new(second))).Status);

        Assert.Equal(["second"], await IdsAsync(account));
    }

    /// <summary>A session can end between the check of its token and the write.</summary>
    [Fact]
    public async Task Session_that_has_ended_takes_no_subscription()
    {
        await using var own = await InProcessServer.StartAsync();
        var account = await Account.BringAsync(own, "alice");
        var user = new UserRef((await own.Database.ListAsync<long>("SELECT user_key FROM users WHERE user_id = @Id", new { account.Id })).Single(), account.Id);

        var refused = await Assert.ThrowsAsync<ChatHubException>(() =>
            own.Services.GetRequiredService<PushSubscriptionService>().PutAsync(user, "ended", "phone", Subscription(), TestTimeouts.Token));

        Assert.Equal(ErrorCodes.Unauthenticated, refused.Code);
        Assert.Empty(await own.Database.ListAsync<string>("SELECT device_id FROM push_subscriptions"));
    }

    [Fact]
    public async Task Subscription_of_a_token_without_session_ends_when_the_host_signs_the_user_out()
    {
        var account = await Account.BringAsync(server, "alice");
        await PutAsync(account, "phone", Subscription());
        Assert.Contains("\"pushSubscription\"", await ExportAsync(account), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("DELETE", $"/api/directory/users/{account.Id}/sessions", Credentials.Service)).Status);

        // Instants in tokens are whole seconds.
        var later = TestTokens.Make(account.Id, Account.FarAway, issuedAt: DateTime.UtcNow.AddSeconds(5));
        Assert.DoesNotContain("\"pushSubscription\"", await ExportAsync(new(server.Address, account.Session with { AccessToken = later })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasure_deletes_subscriptions()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        await PutAsync(alice.Account, "phone", Subscription());
        await server.EraseAsync(alice);

        Assert.Empty(await IdsAsync(alice.Account));
    }

    internal static PushSubscriptionInput Subscription(string? endpoint = null)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new()
        {
            Endpoint = endpoint ?? $"https://push.example/{Guid.NewGuid():N}",
            P256dh = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]),
            Auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
    }

    private Task PutAsync(Account account, string id, PushSubscriptionInput subscription) => PutAsync(account.Token, id, subscription);

    private async Task PutAsync(string token, string id, PushSubscriptionInput subscription) =>
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", Path + id, new(token), subscription)).Status);

    private Task<IReadOnlyList<string>> IdsAsync(Account account) => server.Database.ListAsync<string>(
        "SELECT p.device_id FROM push_subscriptions p JOIN users u ON u.user_key = p.user_key WHERE u.user_id = @Id", new { account.Id });

    private Task<IReadOnlyList<long>> CountAsync(Account account) =>
        server.Database.ListAsync<long>("SELECT push_count FROM users WHERE user_id = @Id", new { account.Id });

    private async Task<string> ExportAsync(Account account) =>
        System.Text.Encoding.UTF8.GetString((await server.HttpAsync("GET", "/api/me/export", new(account.Token))).Content);
}
