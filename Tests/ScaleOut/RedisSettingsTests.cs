using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>What an operator may set, and what becomes of a server whose Redis is not there.</summary>
public sealed class RedisSettingsTests
{
    private const string Password = "a-password-that-only-tests-ever-use";

    [Fact]
    public async Task Redis_with_password_and_prefix_is_shared_with_others()
    {
        await using var redis = await RedisServer.StartAsync(Password);
        await using var cluster = await Cluster.StartAsync(redis, 2, ("Redis:Configuration", $"{redis.Configuration},channelPrefix=ours:"));
        await cluster.ReadyAsync();

        await cluster.MeetAcrossAsync();

        // The client library's own channels have no prefix.
        var channels = await redis.ListAsync("PUBSUB CHANNELS *");
        Assert.Contains("ours:chathub:control", channels);
        Assert.Contains(channels, channel => channel.StartsWith("ours:ChatHub.Server.Hubs.ChatHub:", StringComparison.Ordinal));
        Assert.All(channels, channel => Assert.True(channel.StartsWith("ours:", StringComparison.Ordinal) || channel.StartsWith("__", StringComparison.Ordinal), channel));
        var keys = await redis.ListAsync("KEYS *");
        Assert.Contains("ours:chathub:instances", keys);
        Assert.All(keys, key => Assert.StartsWith("ours:chathub:", key, StringComparison.Ordinal));
        Assert.DoesNotContain(Password, cluster[0].Log.Text + cluster[1].Log.Text, StringComparison.Ordinal);
        // Nothing stays there: every key has a time to live, at the latest from its instance's next heartbeat on.
        await redis.RenewedAsync("ours:chathub:instances");
        foreach (var key in await redis.ListAsync("KEYS *"))
            await redis.ExpiringAsync(key).SoonAsync();
    }

    [Fact]
    public async Task Redis_wrong_password_server_serves_alone_and_logs_the_reason_without_it()
    {
        await using var redis = await RedisServer.StartAsync(Password);
        await using var server = await ServerProcess.StartAsync(
            ("Redis:Configuration", redis.Configuration.Replace(Password, "another-secret-word", StringComparison.Ordinal)));

        await using var chat = await server.OpenChatAsync();

        await Cluster.AssertAloneAsync(server);
        const string refusal = "Redis cannot be reached (it refuses the password)";
        await server.Log.FindAsync(refusal).SoonAsync();
        // Several more attempts are one line.
        await redis.RefusedAsync(5);
        Assert.Equal(2, server.Log.Text.Split(refusal).Length);
        Assert.DoesNotContain("another-secret-word", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_down_at_start_and_paused_later_each_instance_serves_alone()
    {
        await using var redis = RedisServer.NotStarted();
        await using var cluster = await Cluster.StartAsync(redis, 2);
        await Cluster.AssertAloneAsync(cluster[0]);
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
    public async Task Account_erased_while_redis_is_down_is_closed_elsewhere_by_the_next_round_of_positions()
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
