using ChatHub.Contracts;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>Starting: the database first, then the door; what prevents it is said in one clear line.</summary>
public static class Startup
{
    /// <returns>The process's exit code.</returns>
    public static async Task<int> StartAndServeAsync(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ChatHub");
        try
        {
            await app.Services.GetRequiredService<IDatabase>().InitializeAsync(CancellationToken.None);
            await app.StartAsync();
        }
        catch (Exception e) when (e is StorageException or OptionsValidationException or IOException)
        {
            HostingLog.CannotStart(log, e.Message);
            await app.DisposeAsync();
            return 1;
        }

        var database = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Provider;
        HostingLog.Ready(log, string.Join(", ", app.Urls), Limits.HubPath, database);
        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
        return 0;
    }
}
