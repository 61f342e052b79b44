using ChatHub.Tests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace ChatHub.Tests.Infrastructure;

/// <summary>One server process for all tests that need nothing of their own: they differ by their users.</summary>
public sealed class SharedServer : IAsyncLifetime, ITestServer
{
    private ServerProcess? _process;

    public Uri Address => _process!.Address;
    public TestDatabase Database => _process!.Database;

    public async ValueTask InitializeAsync() => _process = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? default;
}
