using ChatHub.Benchmarks.Send;
using ChatHub.Contracts;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>Instances on one database, several with a Redis, and many users whom the host application brought.</summary>
public sealed class Crowd : IAsyncDisposable
{
    private const string ServiceKey = "a-service-key-of-the-benchmarks-0123456789";
    private const int BroughtAtOnce = 32;

    private readonly string _folder;
    private readonly List<ServerProcess> _servers = [];

    private Crowd(string folder, RedisProcess redis) => (_folder, Redis) = (folder, redis);

    public RedisProcess Redis { get; }

    public IReadOnlyList<ServerProcess> Servers => _servers;

    public static async Task<Crowd> StartAsync(SendOptions options, int users, int instances = 2)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"chathub-benchmark-{Guid.NewGuid():N}")).FullName;
        var crowd = new Crowd(folder, await RedisProcess.StartAsync());
        try
        {
            await crowd.StartServersAsync(options.Server, instances);
            await crowd.BringAsync(users);
            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    public static string UserId(int index) => $"user-{index}";

    /// <summary>Of two instances, users with even numbers connect to the first one and those with odd ones to the second.</summary>
    public Task<HubSocket> ConnectAsync(int index, HubSocket.RecordListener listener, CancellationToken cancellation) =>
        HubSocket.ConnectAsync(_servers[index % _servers.Count].Address, BenchmarkTokens.Of(UserId(index)), cancellation, listener);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        await Redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServersAsync(string server, int instances)
    {
        var settings = Candidates.Settings(_folder, instances > 1 ? Redis.Configuration : "");
        settings["Auth__SigningKey"] = BenchmarkTokens.SigningKey;
        settings["Auth__ServiceKeys__0"] = ServiceKey;
        for (var i = 0; i < instances; i++)
            _servers.Add(await ServerProcess.StartAsync([server], _folder, settings));
    }

    private async Task BringAsync(int users)
    {
        using var http = new HttpClient { BaseAddress = _servers[0].Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", ServiceKey);
        await Parallel.ForAsync(0, users, new ParallelOptions { MaxDegreeOfParallelism = BroughtAtOnce }, async (index, cancellation) =>
        {
            var input = new DirectoryUserInput { Username = $"user.{index}", DisplayName = $"User {index}" };
            using var answer = await http.PutAsJsonAsync(
                $"/api/directory/users/{UserId(index)}", input, ContractJson.Default.DirectoryUserInput, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new BenchmarkException($"bringing a user: {answer.StatusCode}");
        });
    }
}
