using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>What an operator may set, and what becomes of a server whose Redis is not there.</summary>
public sealed class RedisSettingsTests
{
    private const string Password = "a-password-that-only-tests-ever-use";

    [Fact]
    public async Task Redis_with_a_password_shared_with_others_by_a_prefix()
    {
        await using var redis = await RedisServer.StartAsync(Password);
        await using var cluster = await Cluster.StartAsync(redis, 2, ("Redis:Configuration", $"{redis.Configuration},channelPrefix=ours:"));
        await cluster.ReadyAsync();

        await cluster.MeetAcrossAsync();

        var channels = (await redis.AskAsync("PUBSUB CHANNELS *")).Split('\n').Where(line => line.Contains("chathub", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, channels.Count);
        Assert.All(channels, channel => Assert.StartsWith("ours:chathub:", channel, StringComparison.Ordinal));
        Assert.DoesNotContain(Password, cluster[0].Log.Text + cluster[1].Log.Text, StringComparison.Ordinal);
        // Nothing is stored there.
        Assert.Contains(":0", await redis.AskAsync("DBSIZE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_wrong_password_a_server_serves_alone_and_tells_it_to_nobody()
    {
        await using var redis = await RedisServer.StartAsync(Password);
        await using var server = await ServerProcess.StartAsync(
            ("Redis:Configuration", redis.Configuration.Replace(Password, "another-secret-word", StringComparison.Ordinal)));

        await using var chat = await server.OpenChatAsync();

        Assert.Equal("degraded", await Cluster.RedisStateAsync(server));
        Assert.DoesNotContain("another-secret-word", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_at_the_start_and_paused_later_it_is_missed_by_nobody_but_the_other_instance()
    {
        await using var redis = RedisServer.NotStarted();
        await using var cluster = await Cluster.StartAsync(redis, 2);
        Assert.Equal("degraded", await Cluster.RedisStateAsync(cluster[0]));
        await using (await cluster[0].OpenChatAsync())
        {
            // Live on one instance as ever.
        }

        await redis.RunAsync();
        await cluster.ReadyAsync();
        await cluster.MeetAcrossAsync();

        await redis.PauseAsync();
        var clock = Stopwatch.StartNew();
        await cluster.ReadyAsync("degraded");
        var noticed = clock.Elapsed;
        TestContext.Current.SendDiagnosticMessage($"a paused Redis was noticed after {noticed}");
        await using (await cluster[1].OpenChatAsync())
        {
            Assert.InRange(noticed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }

        await redis.ResumeAsync();
        await cluster.ReadyAsync();
        await cluster.MeetAcrossAsync();
    }

    [Fact]
    public async Task An_account_erased_while_Redis_is_gone_is_closed_elsewhere_by_the_next_round_of_positions()
    {
        await using var cluster = await Cluster.StartAsync(2);
        var bob = await Account.BringAsync(cluster[0], "bob");
        using var elsewhere = await RawHub.ConnectAsync(cluster[1], bob.Token);
        await elsewhere.NextPositionAsync();
        await cluster.Redis.KillAsync();
        await cluster.ReadyAsync("degraded");

        await cluster[0].HttpAsync("DELETE", $"/api/directory/users/{bob.Id}", Credentials.Service);

        var clock = Stopwatch.StartNew();
        await elsewhere.ClosedAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
