using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatHub.Tests.Infrastructure;

/// <summary>
/// A server within the test process, with the system's clock and what it logs: for settings of a test's own, where neither a moved clock nor
/// the process is the point. Its start takes a fraction of the CPU of a <see cref="ServerProcess"/>'s.
/// </summary>
public sealed class LiveServer : IAsyncDisposable, ITestServer
{
    private readonly InProcessServer _server;

    private LiveServer(InProcessServer server, OutputLog log) => (_server, Log) = (server, log);

    public Uri Address => _server.Address;
    public TestDatabase Database => _server.Database;

    /// <summary>What it has logged, one line each.</summary>
    public OutputLog Log { get; }

    public static async Task<LiveServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var log = new OutputLog();
        var server = await InProcessServer.StartAsync(
            services => services.AddSingleton(TimeProvider.System).AddSingleton<ILoggerProvider>(new OutputLogProvider(log)), settings);
        return new(server, log);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
