using ChatHub.Benchmarks.ScaleOut;
using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.Send;

/// <summary>Starts servers and connects the pairs.</summary>
public static class Candidates
{
    public const string ControlName = "control";
    public const string ChatHubName = "ChatHub";
    private const int PairsAtOnce = 4;

    public static StartCandidate Control { get; } = StartControlAsync;

    public static StartCandidate ChatHub { get; } = ChatHubAs(ChatHubName);

    /// <summary>Another build of the server: what a change has gained.</summary>
    public static StartCandidate OtherBuild { get; } = (options, folder, cancellation) =>
        StartChatHubAsync("other build", options.Against!, options.ClientIds[0], Wire.Json, options, folder, cancellation);

    /// <summary>One instance, under another name.</summary>
    public static StartCandidate ChatHubAs(string name) => (options, folder, cancellation) =>
        StartChatHubAsync(name, options.Server, options.ClientIds[0], Wire.Json, options, folder, cancellation);

    public static StartCandidate ChatHubWith(ClientIdKind ids) => (options, folder, cancellation) =>
        StartChatHubAsync($"{ChatHubName}, {ids.Name}", options.Server, ids, Wire.Json, options, folder, cancellation);

    public static StartCandidate ChatHubOver(string protocol, Wire wire) => (options, folder, cancellation) =>
        StartChatHubAsync(protocol, options.Server, options.ClientIds[0], wire, options, folder, cancellation);

    /// <summary>One instance on a SQL Server.</summary>
    public static StartCandidate OnSqlServer { get; } = (options, folder, cancellation) =>
        StartChatHubAsync("SQL Server", options.Server, options.ClientIds[0], Wire.Json, options, folder, cancellation, new SqlServerDatabase());

    /// <summary>Two instances on one database and one Redis; sender and receiver of each pair are on different ones.</summary>
    /// <param name="writersOnBoth">Whether senders are on both instances, and not all on the first.</param>
    public static StartCandidate TwoInstances(bool writersOnBoth) => async (options, folder, cancellation) =>
    {
        const string name = "two instances";
        var own = OwnFolder(folder, name);
        var redis = await RedisProcess.StartAsync();
        ServerProcess[] servers =
        [
            await Servers.StartChatHubAsync(options.Server, own, redis.Configuration),
            await Servers.StartChatHubAsync(options.Server, own, redis.Configuration),
        ];
        await UserDirectory.ImportAsync(servers[0].Address, 2 * options.Pairs, cancellation);
        var pairs = await ConnectPairsAsync(
            name,
            options.Pairs,
            (index, token) =>
            {
                var (here, there) = writersOnBoth && index % 2 == 1 ? (servers[1], servers[0]) : (servers[0], servers[1]);
                return ChatHubPairs.ConnectAsync(here.Address, there.Address, index, options.NewClientId, Wire.Json, token);
            },
            cancellation);
        return new(name, servers, pairs, redis);
    };

    private static async Task<Candidate> StartControlAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        var server = await Servers.StartControlAsync(options.Server, OwnFolder(folder, ControlName));
        return await ConnectAsync(
            ControlName, server, (_, token) => ControlPairs.ConnectAsync(server.Address, options.NewClientId, Wire.Json, token), options.Pairs, cancellation);
    }

    private static async Task<Candidate> StartChatHubAsync(
        string name, string serverPath, ClientIdKind ids, Wire wire, SendOptions options, string folder, CancellationToken cancellation, SqlServerDatabase? database = null)
    {
        var server = await Servers.StartChatHubAsync(serverPath, OwnFolder(folder, name), database: database);
        await UserDirectory.ImportAsync(server.Address, options.Users, cancellation);
        return await ConnectAsync(
            name, server, (index, token) => ChatHubPairs.ConnectAsync(server.Address, server.Address, index, ids.New, wire, token), options.Pairs, cancellation, database);
    }

    /// <summary>The candidate of one server, once all its pairs are connected.</summary>
    internal static async Task<Candidate> ConnectAsync(
        string name, ServerProcess server, Func<int, CancellationToken, Task<Pair>> connect, int count, CancellationToken cancellation, IAsyncDisposable? used = null)
    {
        try
        {
            return new(name, [server], await ConnectPairsAsync(name, count, connect, cancellation), used);
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            if (used is not null)
                await used.DisposeAsync();
            throw new BenchmarkException($"{name}: {failure.Message}\n{server.LastLines()}");
        }
    }

    internal static string OwnFolder(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    private static async Task<Pair[]> ConnectPairsAsync(
        string name, int count, Func<int, CancellationToken, Task<Pair>> connect, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync($"{name}: connecting {count} pairs");
        var pairs = new Pair[count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = PairsAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, count, limit, async (index, token) => pairs[index] = await connect(index, token));
        return pairs;
    }
}
