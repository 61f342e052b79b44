using ChatHub.Benchmarks.Control;
using ChatHub.Benchmarks.ScaleOut;

namespace ChatHub.Benchmarks.Send;

/// <summary>Starts the two servers with the same settings and connects the pairs.</summary>
public static class Candidates
{
    private const string ControlName = "control";
    private const int PairsAtOnce = 4;

    /// <summary>What is measured against: the control, or another build of the server.</summary>
    public static Task<Candidate> StartOtherAsync(SendOptions options, string folder, CancellationToken cancellation) =>
        options.Against is { } path
            ? StartChatHubAsync("other build", path, options, folder, cancellation)
            : StartControlAsync(options, folder, cancellation);

    public static Task<Candidate> StartOursAsync(SendOptions options, string folder, CancellationToken cancellation) =>
        StartChatHubAsync("ChatHub", options.Server, options, folder, cancellation);

    /// <summary>One instance, without Redis.</summary>
    public static Task<Candidate> StartOneAsync(SendOptions options, string folder, CancellationToken cancellation) =>
        StartChatHubAsync("one instance", options.Server, options, folder, cancellation);

    /// <summary>Two instances on one database and one Redis; sender and receiver of each pair are on different ones.</summary>
    public static async Task<Candidate> StartTwoAsync(
        SendOptions options, string folder, bool writersOnBoth, CancellationToken cancellation)
    {
        const string name = "two instances";
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var redis = await RedisProcess.StartAsync();
        var servers = new List<ServerProcess>();
        for (var i = 0; i < 2; i++)
            servers.Add(await ServerProcess.StartAsync([options.Server], own, Settings(own, redis.Configuration)));
        using var http = new HttpClient();
        var pairs = await ConnectPairsAsync(
            name,
            options.Pairs,
            (index, token) =>
            {
                var (here, there) = writersOnBoth && index % 2 == 1 ? (servers[1], servers[0]) : (servers[0], servers[1]);
                return ChatHubPairs.ConnectAsync(http, here.Address, there.Address, index, options.NewClientId, token);
            },
            cancellation);
        return new(name, servers, pairs, redis);
    }

    private static Task<Candidate> StartControlAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        // The server's own runtime settings (garbage collector, tiering), so that the two cannot drift apart.
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.ChangeExtension(options.Server, ".runtimeconfig.json"),
            typeof(ControlServer).Assembly.Location, "control",
        ];
        return StartAsync(
            ControlName, arguments, folder, (server, _, token) => ControlPairs.ConnectAsync(server, options.NewClientId, token),
            options.Pairs, cancellation);
    }

    private static async Task<Candidate> StartChatHubAsync(
        string name, string serverPath, SendOptions options, string folder, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        return await StartAsync(
            name, [serverPath], folder, (server, index, token) => ChatHubPairs.ConnectAsync(http, server, server, index, options.NewClientId, token),
            options.Pairs, cancellation);
    }

    private static async Task<Candidate> StartAsync(
        string name, string[] arguments, string folder, Func<Uri, int, CancellationToken, Task<Pair>> connect, int count,
        CancellationToken cancellation)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var server = await ServerProcess.StartAsync(arguments, own, Settings(own));
        try
        {
            var pairs = await ConnectPairsAsync(name, count, (index, token) => connect(server.Address, index, token), cancellation);
            return new(name, [server], pairs);
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            throw new BenchmarkException($"{name}: {failure.Message}\n{server.LastLines()}");
        }
    }

    private static async Task<Pair[]> ConnectPairsAsync(
        string name, int count, Func<int, CancellationToken, Task<Pair>> connect, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync($"{name}: connecting {count} pairs");
        var pairs = new Pair[count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = PairsAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, count, limit, async (index, token) => pairs[index] = await connect(index, token));
        return pairs;
    }

    /// <summary>Both servers get all of them: one logs as much as the other, and the limits are out of the way.</summary>
    internal static Dictionary<string, string> Settings(string folder, string redis = "") => new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Logging__LogLevel__Default"] = "Information",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
        ["Storage__Provider"] = "Sqlite",
        ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "chathub.db")}",
        ["Redis__Configuration"] = redis,
        ["Limits__CallsPerSecond"] = "1000000",
        ["Limits__Burst"] = "1000000",
        ["Limits__ConnectionsPerUser"] = "100",
        ["Limits__SignUpsPerMinute"] = "1000000",
        ["Limits__MessagesPerChatPerMinute"] = "1000000",
    };
}
