using System.Net;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Server.Hosting.Load;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hosting;

/// <summary>What one user, one connection and one address may ask for. Buckets refill by the machine's clock, so refills are slow here.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Calls_of_a_user_are_limited_over_all_connections_and_no_other_users_are()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:CallsPerSecond", "1"), ("Limits:Burst", "7"));
        var alice = await Account.BringAsync(server, "alice");
        using var phone = await RawHub.ConnectAsync(server, alice.Token);
        using var laptop = await RawHub.ConnectAsync(server, alice.Token);
        await using var bob = await server.ConnectUserAsync("bob");

        // Connecting counts too. All at once, so that a slow machine refills little meanwhile; by hand, because the SDK would wait.
        var answers = (await Task.WhenAll(CallOftenAsync(phone, 50), CallOftenAsync(laptop, 50))).SelectMany(answer => answer).ToList();
        var refusals = answers.Where(answer => answer is not null).ToList();
        Assert.InRange(answers.Count - refusals.Count, 5, 99);
        Assert.All(refusals, error => Assert.Matches(
            "^Failed to invoke 'GetMe' due to an error on the server. HubException: rate_limited;retryAfter=[1-5]: ", error));
        Assert.Equal(bob.Id, (await bob.Hub.GetMe(new())).User.UserId);
    }

    [Fact]
    public async Task A_user_has_only_so_many_connections()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:ConnectionsPerUser", "2"));
        var account = await Account.BringAsync(server, "alice");
        await using var first = await account.ConnectAsync();
        var second = await account.ConnectAsync();
        await first.Hub.GetMe(new());
        await second.Hub.GetMe(new());

        using (var third = await RawHub.ConnectAsync(server, account.Token))
        {
            // Its user's position may be sent just then, to all connections that there are.
            var types = new List<int>();
            while (await third.ReceiveAsync() is { } message)
                types.Add(message.GetProperty("type").GetInt32());
            Assert.Equal([7], types.Where(type => type != 1));
        }

        // The refused one took no place, and neither of the others was disturbed.
        await first.Hub.GetMe(new());
        await second.DisposeAsync();
        await server.Services.LeftAsync(account.Id, remaining: 1);
        await using var next = await account.ConnectAsync();
        Assert.Equal(account.Id, (await next.Hub.GetMe(new())).User.UserId);
    }

    [Fact]
    public async Task Nothing_of_a_user_is_kept_once_all_connections_are_gone_the_refused_ones_too()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:ConnectionsPerUser", "1"));
        var account = await Account.BringAsync(server, "alice");
        var budgets = server.Services.GetRequiredService<AnswerBudgets>();
        await using (await account.ConnectAsync())
        {
            for (var i = 0; i < 3; i++)
            {
                using var refused = await RawHub.ConnectAsync(server, account.Token);
                await refused.ClosedAsync();
            }

            Assert.Equal(1, budgets.Users);
        }

        await server.Services.LeftAsync(account.Id);
        await TestTimeouts.EventuallyAsync(() => budgets.Users == 0);
    }

    [Fact]
    public async Task An_address_signs_up_and_in_only_so_often_a_minute()
    {
        await using var server = await InProcessServer.StartAsync(("Limits:SignUpsPerMinute", "3"));
        var accounts = new List<Account>();
        for (var i = 0; i < 3; i++)
            accounts.Add(await Account.SignUpAsync(server, "alice"));
        var refused = await server.HttpRefusedAsync(
            ErrorCodes.RateLimited, HttpStatusCode.TooManyRequests, "POST", "/api/accounts", Credentials.None,
            new SignUpInput { Username = Account.UniqueName("bob"), Password = Account.Password, BirthDate = "1990-05-17" });
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(refused.Header("Retry-After"), $"{refused.Json.GetProperty("retryAfter").GetInt32()}");

        // Sign-ins are counted apart.
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await SignInAsync(server, accounts[i].Username, Account.Password)).Status);
        Assert.Equal(ErrorCodes.RateLimited, (await SignInAsync(server, accounts[0].Username, Account.Password)).Code);
    }

    [Fact]
    public async Task Wrong_guesses_are_slowed_down_and_do_not_sign_anybody_out_or_stop_other_accounts()
    {
        await using var server = await InProcessServer.StartAsync();
        var alice = await Account.SignUpAsync(server, "alice");
        var bob = await Account.SignUpAsync(server, "bob");
        await using var device = await alice.ConnectAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal(ErrorCodes.InvalidCredentials, (await SignInAsync(server, alice.Username, $"guess number {i}")).Code);

        // Even the right one now waits, so that guessing learns nothing.
        var refused = await SignInAsync(server, alice.Username.ToUpperInvariant(), Account.Password);
        Assert.Equal((HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(server, bob.Username, Account.Password)).Status);
        Assert.Equal(alice.Id, (await device.Hub.GetMe(new())).User.UserId);
    }

    [Fact]
    public async Task Guesses_from_elsewhere_do_not_lock_the_owner_out()
    {
        await using var server = await InProcessServer.StartAsync();
        var alice = await Account.SignUpAsync(server, "alice");
        var elsewhere = new UriBuilder(server.Address) { Host = "127.0.0.1" }.Uri;
        var guesser = new IPEndPoint(IPAddress.Parse("127.0.0.66"), 0);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(elsewhere, guesser, alice.Username));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(elsewhere, guesser, alice.Username));
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(server, alice.Username, Account.Password)).Status);
    }

    private static async Task<HttpStatusCode> GuessAsync(Uri server, IPEndPoint from, string username)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(from);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        });
        http.BaseAddress = server;
        try
        {
            await new ChatHubAccounts(http).SignInAsync(new() { Username = username, Password = "a wrong guess" }, TestTimeouts.Token);
            return HttpStatusCode.OK;
        }
        catch (ChatHubException e)
        {
            return e.Code == ErrorCodes.RateLimited ? HttpStatusCode.TooManyRequests : HttpStatusCode.Unauthorized;
        }
    }

    private static Task<HttpResult> SignInAsync(ITestServer server, string username, string password) =>
        server.SignInAsync(username, password);

    /// <summary>The errors of so many calls that wait for no answer; null where there was none.</summary>
    private static async Task<IReadOnlyList<string?>> CallOftenAsync(RawHub hub, int count)
    {
        for (var i = 0; i < count; i++)
            await hub.SendAsync($$"""{"type":1,"invocationId":"{{i}}","target":"GetMe","arguments":[{}]}""");
        var errors = new List<string?>();
        while (errors.Count < count && await hub.ReceiveAsync() is { } message)
        {
            if (message.GetProperty("type").GetInt32() == 3)
                errors.Add(message.TryGetProperty("error", out var error) ? error.GetString() : null);
        }

        return errors;
    }
}
