using System.Diagnostics;
using System.Net;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Several server processes on one database and one Redis.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<ServerProcess> _servers = [];

    private Cluster(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    public ServerProcess this[int index] => _servers[index];

    public static async Task<Cluster> StartAsync(int count, params (string Key, string Value)[] settings)
    {
        var cluster = await StartAsync(await RedisServer.StartAsync(), count, settings);
        await cluster.ReadyAsync();
        return cluster;
    }

    /// <summary>On a Redis of the test's own, whatever its state.</summary>
    public static async Task<Cluster> StartAsync(RedisServer redis, int count, params (string Key, string Value)[] settings)
    {
        var cluster = new Cluster(redis);
        try
        {
            var first = await ServerProcess.StartAsync([("Redis:Configuration", redis.Configuration), .. settings]);
            cluster._servers.Add(first);
            (string, string)[] rest =
                [("Redis:Configuration", redis.Configuration), .. first.Database.Settings, .. settings];
            cluster._servers.AddRange(await Task.WhenAll(Enumerable.Range(1, count - 1).Select(_ => ServerProcess.StartAsync(rest))));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every instance says so of Redis.</summary>
    public async Task ReadyAsync(string redis = "ok", params int[] servers)
    {
        foreach (var server in servers.Length == 0 ? _servers : [.. servers.Select(index => _servers[index])])
            await ReadyAsync(server, redis);
    }

    /// <summary>Waits until the instance says so of Redis: before, what it sends does not reach the others.</summary>
    public static async Task ReadyAsync(ITestServer server, string redis = "ok", string path = "/health/ready")
    {
        var clock = Stopwatch.StartNew();
        while (await server.HttpAsync("GET", path, Credentials.None) is var answer && (answer.Status != HttpStatusCode.OK || RedisOf(answer) != redis))
        {
            Assert.True(clock.Elapsed < TestTimeouts.Limit, $"Redis did not become {redis}: {answer.Status} {answer.Json}\n{(server as ServerProcess)?.Log.Text}");
            await Task.Delay(Pause, TestTimeouts.Token);
        }
    }

    /// <summary>It serves without Redis, as it has from its start.</summary>
    public static async Task AssertAloneAsync(ITestServer server)
    {
        var answer = await server.HealthAsync("degraded");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (answer.Status, RedisOf(answer)));
    }

    private static string RedisOf(HttpResult answer) => answer.Read<Health>().Dependencies["redis"];

    public async ValueTask DisposeAsync()
    {
        // The first one's folder holds the database.
        for (var i = _servers.Count - 1; i >= 0; i--)
            await _servers[i].DisposeAsync();
        await Redis.DisposeAsync();
    }
}
