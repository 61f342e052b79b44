using ChatHub.Benchmarks.Control;

namespace ChatHub.Benchmarks.Send;

/// <summary>Starts the two servers, alike in all but what they are, and connects the pairs.</summary>
public static class Contestants
{
    private const int PairsAtOnce = 4;

    public static Task<Contestant> StartControlAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        // The server's own runtime settings (garbage collector, tiering), so that the two cannot drift apart.
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.ChangeExtension(ServerPath(), ".runtimeconfig.json"),
            typeof(ControlServer).Assembly.Location, "control",
        ];
        return StartAsync("control", arguments, folder, ControlPairs.ConnectAsync, options.Pairs, cancellation);
    }

    public static async Task<Contestant> StartChatHubAsync(SendOptions options, string folder, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        return await StartAsync(
            "ChatHub", [ServerPath()], folder, (server, index, token) => ChatHubPairs.ConnectAsync(http, server, index, token),
            options.Pairs, cancellation);
    }

    private static async Task<Contestant> StartAsync(
        string name, string[] arguments, string folder, Func<Uri, int, CancellationToken, Task<Pair>> connect, int count,
        CancellationToken cancellation)
    {
        var server = await ServerProcess.StartAsync(arguments, folder, Settings(folder));
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

    /// <summary>The server's build beside this one's, of the same configuration.</summary>
    private static string ServerPath()
    {
        var built = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var (framework, configuration) = (Path.GetFileName(built), Path.GetFileName(Path.GetDirectoryName(built)!));
        if (configuration != "Release")
            throw new BenchmarkException("only a Release build may be measured: dotnet run -c Release --project Benchmarks -- send");
        return Path.GetFullPath(Path.Combine(built, "../../../../Server/bin", configuration, framework, "Server.dll"));
    }
}
