using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>A server within the test process for one class of tests, which may move its clock: they run one by one.</summary>
public sealed class ClockServer : IAsyncLifetime, ITestServer
{
    private InProcessServer? _server;

    public Uri Address => _server!.Address;
    public TestDatabase Database => _server!.Database;
    public ManualTime Time => _server!.Time;
    public IServiceProvider Services => _server!.Services;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
