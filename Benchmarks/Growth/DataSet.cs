using ChatHub.Benchmarks.Users;
using ChatHub.Benchmarks.Wires;

namespace ChatHub.Benchmarks.Growth;

/// <summary>A database of a <see cref="DataSetSize"/>, and the server that runs on it.</summary>
public sealed class DataSet : IAsyncDisposable
{
    /// <summary>How many messages of the long chat have been edited.</summary>
    public const int Changes = 1_000;

    private const string DatabaseFile = "chathub.db";
    private const string RunFolder = "run";

    private readonly string _folder;
    private readonly string _serverPath;
    private ServerProcess? _server;

    private DataSet(DataSetSize size, string folder, string serverPath) => (Size, _folder, _serverPath) = (size, folder, serverPath);

    public DataSetSize Size { get; }

    public ServerProcess Server => _server ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Creates it in the folder, or completes it there, and starts a server on a copy, so that each run begins with the same.</summary>
    public static async Task<DataSet> StartAsync(DataSetSize size, string parent, string serverPath)
    {
        var kept = Directory.CreateDirectory(Path.Combine(parent, size.Name)).FullName;
        var file = Path.Combine(kept, DatabaseFile);
        if (!File.Exists(file))
        {
            // The schema is the server's.
            await using var creating = new DataSet(size, kept, serverPath);
            await creating.StartServerAsync();
        }

        using (var writer = new DataSetWriter(size, file, TimeProvider.System))
            writer.Write();
        var set = new DataSet(size, Directory.CreateDirectory(Path.Combine(kept, RunFolder)).FullName, serverPath);
        File.Copy(file, Path.Combine(set._folder, DatabaseFile), overwrite: true);
        await set.StartServerAsync();
        return set;
    }

    public Task<HubSocket> ConnectAsync(int user) =>
        HubSocket.ConnectAsync(Server.Address, BenchmarkTokens.Of(UserDirectory.UserId(user)), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        if (Path.GetFileName(_folder) == RunFolder)
            Directory.Delete(_folder, recursive: true);
    }

    public async Task StartServerAsync()
    {
        _server = await Servers.StartChatHubAsync(_serverPath, _folder);
    }

    /// <summary>As a crash ends it.</summary>
    public async Task StopServerAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }
}
