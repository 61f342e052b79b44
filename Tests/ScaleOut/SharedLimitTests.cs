using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Limits hold over all instances together.</summary>
public sealed class SharedLimitTests
{
    private const int Burst = 40;

    [Fact]
    public async Task Limits_calls_connections_sign_ups_and_guesses_are_counted_over_both_instances()
    {
        await using var cluster = await Cluster.StartAsync(
            2, ("Limits:CallsPerSecond", "1"), ("Limits:Burst", $"{Burst}"), ("Limits:ConnectionsPerUser", "2"), ("Limits:SignUpsPerMinute", "20"));
        await CallsAsync(cluster);
        await ConnectionsAsync(cluster);
        await GuessesAsync(cluster);
        await SignUpsAsync(cluster);
    }

    private static async Task CallsAsync(Cluster cluster)
    {
        var alice = await Account.BringAsync(cluster[0], "alice");
        using var here = await RawHub.ConnectAsync(cluster[0], alice.Token);
        using var there = await RawHub.ConnectAsync(cluster[1], alice.Token);
        var calls = 0;
        while (!IsRefused(await here.InvokeAsync("GetMe", "{}")))
            Assert.InRange(++calls, 0, Burst * 2);
        // Connecting is a request too, and counts.
        Assert.InRange(calls, Burst - 2, Burst * 2);

        // The bucket there was emptied too: what is let through is only what came back meanwhile.
        calls = 0;
        while (!IsRefused(await there.InvokeAsync("GetMe", "{}")))
            Assert.InRange(++calls, 0, Burst / 2);
    }

    private static async Task ConnectionsAsync(Cluster cluster)
    {
        var bob = await Account.BringAsync(cluster[0], "bob");
        using var here = await RawHub.ConnectAsync(cluster[0], bob.Token);
        await here.NextPositionAsync();
        using var there = await RawHub.ConnectAsync(cluster[1], bob.Token);
        await there.NextPositionAsync();

        for (var i = 0; i < 2; i++)
        {
            using var third = await RawHub.ConnectAsync(cluster[i], bob.Token);
            // A position may have been under way to all of his connections.
            int? type;
            while ((type = (await third.ReceiveAsync())?.GetProperty("type").GetInt32()) == 1)
            {
            }

            Assert.Equal(7, type);
        }

        Assert.False(IsRefused(await there.InvokeAsync("GetMe", "{}")));
    }

    private static async Task GuessesAsync(Cluster cluster)
    {
        var carol = await Account.SignUpAsync(cluster[0], "carol");
        var clock = Stopwatch.StartNew();
        var guesses = 0;
        var refusedBy = new HashSet<int>();
        for (var i = 0; refusedBy.Count < 2; i++)
        {
            if (await SignInAsync(cluster[i % 2], carol.Username, $"guess number {i}") == ErrorCodes.RateLimited)
                refusedBy.Add(i % 2);
            else
                guesses++;
        }

        // 10 together, and one more for each 10 seconds that this takes.
        Assert.InRange(guesses, 10, 11 + (clock.Elapsed.TotalSeconds / 10));
    }

    private static async Task SignUpsAsync(Cluster cluster)
    {
        var clock = Stopwatch.StartNew();
        var created = 0;
        HttpStatusCode[] answers;
        do
        {
            answers = await Task.WhenAll(SignUpAsync(cluster[0]), SignUpAsync(cluster[1]));
            created += answers.Count(status => status == HttpStatusCode.Created);
        }
        while (answers.Contains(HttpStatusCode.Created));

        // One was used up before, one comes back every 3 seconds, and what the other instance lets through is known a moment later.
        Assert.InRange(created, 19, 24 + (clock.Elapsed.TotalSeconds / 3));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
    }

    private static async Task<HttpStatusCode> SignUpAsync(ITestServer server) =>
        (await server.HttpAsync("POST", "/api/accounts", Credentials.None, new SignUpInput
        {
            Username = Account.UniqueName("dora"),
            Password = Account.Password,
            BirthDate = "1990-05-17",
        })).Status;

    private static bool IsRefused(JsonElement completion) =>
        completion.TryGetProperty("error", out var error) && error.GetString()!.Contains(ErrorCodes.RateLimited, StringComparison.Ordinal);

    private static async Task<string?> SignInAsync(ITestServer server, string username, string password) =>
        (await server.SignInAsync(username, password)).Code;
}
