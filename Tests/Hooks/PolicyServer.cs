using ChatHub.Server.Embedding;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hooks;

/// <summary>A server whose host has a contact policy; one request a day.</summary>
public sealed class PolicyServer : IAsyncLifetime, ITestServer
{
    private InProcessServer? _server;

    internal TestPolicy Policy { get; } = new();

    public Uri Address => _server!.Address;
    public TestDatabase Database => _server!.Database;
    public ManualTime Time => _server!.Time;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(
        services => services.AddScoped<IContactPolicy>(_ => Policy), ("Messaging:RequestsPerDay", "1"));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
