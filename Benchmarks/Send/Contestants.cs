using ChatHub.Benchmarks.Control;

namespace ChatHub.Benchmarks.Send;

/// <summary>Starts the two servers, alike in all but what they are, and connects the pairs.</summary>
public static class Contestants
{
    private const string ControlName = "control";
    private const int PairsAtOnce = 4;

    /// <summary>What is measured against: the control, or another build of the server.</summary>
    public static Task<Contestant> StartOtherAsync(SendOptions options, string folder, CancellationToken cancellation) =>
        options.Against is { } path
            ? StartChatHubAsync("other build", path, options, folder, cancellation)
            : StartControlAsync(options, folder, cancellation);

    public static Task<Contestant> StartOursAsync(SendOptions options, string folder, CancellationToken cancellation) =>
        StartChatHubAsync("ChatHub", options.Server, options, folder, cancellation);

    private static Task<Contestant> StartControlAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        // The server's own runtime settings (garbage collector, tiering), so that the two cannot drift apart.
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.ChangeExtension(options.Server, ".runtimeconfig.json"),
            typeof(ControlServer).Assembly.Location, "control",
        ];
        return StartAsync(ControlName, arguments, folder, ControlPairs.ConnectAsync, options.Pairs, cancellation);
    }

    private static async Task<Contestant> StartChatHubAsync(
        string name, string serverPath, SendOptions options, string folder, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        return await StartAsync(
            name, [serverPath], folder, (server, index, token) => ChatHubPairs.ConnectAsync(http, server, index, token),
            options.Pairs, cancellation);
    }

    private static async Task<Contestant> StartAsync(
        string name, string[] arguments, string folder, Func<Uri, int, CancellationToken, Task<Pair>> connect, int count,
        CancellationToken cancellation)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var server = await ServerProcess.StartAsync(arguments, own, Settings(own));
        try
        {
            await Console.Error.WriteLineAsync($"{name}: process {server.Id}, connecting {count} pairs");
            var pairs = new Pair[count];
            var limit = new ParallelOptions { MaxDegreeOfParallelism = PairsAtOnce, CancellationToken = cancellation };
            await Parallel.ForAsync(
                0, count, limit, async (index, token) => pairs[index] = await connect(server.Address, index, token));
            return new(name, server, pairs);
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            throw new BenchmarkException($"{name}: {failure.Message}\n{server.LastLines()}");
        }
    }

    /// <summary>Both servers get all of them: one logs as much as the other, and the limits are out of the way.</summary>
    private static Dictionary<string, string> Settings(string folder) => new()
    {
        ["Urls"] = "http://127.0.0.1:0",
        ["Logging__LogLevel__Default"] = "Information",
        ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
        ["Storage__Provider"] = "Sqlite",
        ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, "chathub.db")}",
        ["Limits__CallsPerSecond"] = "1000000",
        ["Limits__Burst"] = "1000000",
        ["Limits__ConnectionsPerUser"] = "100",
        ["Limits__SignUpsPerMinute"] = "1000000",
    };
}
