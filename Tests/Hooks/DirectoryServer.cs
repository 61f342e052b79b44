using ChatHub.Server.Embedding;
using ChatHub.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatHub.Tests.Hooks;

/// <summary>A server whose host has a user directory and a contact policy.</summary>
public sealed class DirectoryServer : IAsyncLifetime, ITestServer
{
    private InProcessServer? _server;

    internal TestDirectory Directory { get; } = new();
    internal TestPolicy Policy { get; } = new();

    public Uri Address => _server!.Address;
    public TestDatabase Database => _server!.Database;
    public ManualTime Time => _server!.Time;
    public IServiceProvider Services => _server!.Services;

    public async ValueTask InitializeAsync() => _server = await InProcessServer.StartAsync(
        services => services.AddScoped<IUserDirectory>(_ => Directory).AddSingleton<IContactPolicy>(Policy));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    /// <summary>A user whom only the host has.</summary>
    internal HostUser HostUser(string name) => Directory.Put(new($"host-{Account.UniqueName(name)}", Account.UniqueName(name), name));

    /// <summary>A user of the host's who signs in, and is stored by that.</summary>
    internal async Task<Device> SignInAsync(string name) => await AccountOf(HostUser(name)).ConnectAsync();

    internal Account AccountOf(HostUser user) => new(Address, new()
    {
        User = new() { UserId = user.UserId, Username = user.Username, DisplayName = user.DisplayName },
        AccessToken = TestTokens.Make(user.UserId, Account.FarAway),
        ExpiresAt = Account.FarAway,
    });
}
