using ChatHub.Server;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatHub.Tests.Infrastructure;

/// <summary>The server's own composition within the test process, on a real port, with a clock that the test moves.</summary>
public sealed class InProcessServer : IAsyncDisposable, ITestServer
{
    private readonly TempFolder _folder;
    private readonly WebApplication _app;

    private InProcessServer(TempFolder folder, TestDatabase database, WebApplication app, ManualTime time) =>
        (_folder, Database, _app, Time) = (folder, database, app, time);

    public Uri Address => new(_app.Urls.First());
    public TestDatabase Database { get; }
    public ManualTime Time { get; }
    public IServiceProvider Services => _app.Services;

    public static Task<InProcessServer> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(new ManualTime(), settings);

    public static Task<InProcessServer> StartAsync(ManualTime time, params (string Key, string Value)[] settings) =>
        StartAsync(time, _ => { }, settings);

    /// <summary>For <see cref="DirectDevice"/>s: no event goes to a socket.</summary>
    public static Task<InProcessServer> StartDirectAsync(params (string Key, string Value)[] settings) =>
        StartAsync(
            new ManualTime(),
            services => services.AddSingleton<DirectDelivery>().AddSingleton<IDelivery>(provider => provider.GetRequiredService<DirectDelivery>()),
            settings);

    /// <summary>With services of the host's own.</summary>
    public static Task<InProcessServer> StartAsync(Action<IServiceCollection> replace, params (string Key, string Value)[] settings) =>
        StartAsync(new ManualTime(), replace, settings);

    private static async Task<InProcessServer> StartAsync(
        ManualTime time, Action<IServiceCollection> replace, (string Key, string Value)[] settings)
    {
        var folder = new TempFolder();
        var database = TestDatabase.New(folder);
        var all = ServerSettings.For(database, [("Auth:AccessTokenMinutes", "500000"), .. settings]);
        var app = ChatHubApplication.Build([.. all.Select(setting => $"--{setting.Key}={setting.Value}")], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(time);
            replace(builder.Services);
        });
        await app.StartChatHubAsync();
        return new(folder, database, app, time);
    }

    /// <summary>Stops; the database stays, to be looked into.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        await Database.DropAsync();
        _folder.Dispose();
    }
}
