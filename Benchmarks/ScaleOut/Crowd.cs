using ChatHub.Benchmarks.Send;
using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.ScaleOut;

/// <summary>Instances of ChatHub on one database, several with a Redis, or the control; and many users whom the host application brought.</summary>
public sealed class Crowd : IAsyncDisposable
{
    private readonly RunFolder _folder;
    private readonly List<ServerProcess> _servers = [];
    private readonly RedisProcess? _redis;

    private Crowd(string name, RunFolder folder, RedisProcess? redis) => (Name, _folder, _redis) = (name, folder, redis);

    /// <summary>In tables.</summary>
    public string Name { get; }

    public RedisProcess Redis => _redis ?? throw new InvalidOperationException("One instance needs no Redis.");

    public IReadOnlyList<ServerProcess> Servers => _servers;

    /// <summary>Of all instances.</summary>
    public TimeSpan CpuTime => TimeSpan.FromTicks(_servers.Sum(server => server.CpuTime.Ticks));

    public bool IsControl => Name == Candidates.ControlName;

    /// <param name="options">The server, and the disk that is meant.</param>
    /// <param name="users">Are brought.</param>
    /// <param name="instances">One or two.</param>
    public static async Task<Crowd> StartAsync(SendOptions options, int users, int instances)
    {
        var redis = instances > 1 ? await RedisProcess.StartAsync() : null;
        var crowd = new Crowd(instances == 1 ? "one instance" : "two instances", new RunFolder(options.Folder), redis);
        return await crowd.BeginAsync(async () =>
        {
            for (var i = 0; i < instances; i++)
                crowd._servers.Add(await Benchmarks.Servers.StartChatHubAsync(options.Server, crowd._folder.Path, redis?.Configuration ?? ""));
            await UserDirectory.ImportAsync(crowd._servers[0].Address, users, CancellationToken.None);
        });
    }

    public static async Task<Crowd> StartControlAsync(SendOptions options)
    {
        var crowd = new Crowd(Candidates.ControlName, new RunFolder(options.Folder), redis: null);
        return await crowd.BeginAsync(async () => crowd._servers.Add(await Benchmarks.Servers.StartControlAsync(options.Server, crowd._folder.Path)));
    }

    /// <summary>Of two instances, users with even numbers connect to the first one and those with odd ones to the second.</summary>
    public Task<HubSocket> ConnectAsync(int index, HubSocket.RecordListener? listener, CancellationToken cancellation)
    {
        var id = UserDirectory.UserId(index);
        return HubSocket.ConnectAsync(_servers[index % _servers.Count].Address, IsControl ? id : BenchmarkTokens.Of(id), cancellation, listener);
    }

    /// <summary>Kills the only instance, as a crash does, and starts it again on its database.</summary>
    public async Task RestartAsync(SendOptions options)
    {
        await _servers[0].DisposeAsync();
        _servers[0] = await Benchmarks.Servers.StartChatHubAsync(options.Server, _folder.Path);
    }

    public Task SettleAsync() => Settling.WaitAsync(() => CpuTime, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Crowd> BeginAsync(Func<Task> start)
    {
        try
        {
            await start();
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
