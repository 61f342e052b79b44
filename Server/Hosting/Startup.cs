using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Starting: the database first, then the door; what prevents it is said in one clear line.</summary>
public static class Startup
{
    /// <summary>The switch for after a backup was restored: renews the epoch and exits.</summary>
    private const string RenewEpoch = "--renew-epoch";

    /// <summary>The switch that asks the running server whether it is ready, and exits.</summary>
    private const string Health = "--health";

    public static async Task StartChatHubAsync(this WebApplication app)
    {
        app.UseChatHub();
        await app.Services.GetRequiredService<IDatabase>().InitializeAsync(CancellationToken.None);
        // Made or read now: a bad one must not wait for the first token to be noticed.
        app.Services.GetRequiredService<SymmetricSecurityKey>();
        // They listen to the other instances, before their first call here.
        app.Services.GetRequiredService<RateLimits>();
        app.Services.GetRequiredService<SessionConnections>();
        await app.StartAsync();
    }

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(this WebApplication app, string[] args)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ChatHub");
        try
        {
            if (args.Contains(Health))
                return await HealthProbe.RunAsync(app.Configuration);
            if (ModeratorCommand.IsMeant(args))
                await ModeratorCommand.RunAsync(app, args, log);
            else if (args.Contains(RenewEpoch))
                await app.RenewEpochAsync(log);
            else
                await app.ServeAsync(log);
            return 0;
        }
        catch (Exception e) when (e is StorageException or OptionsValidationException or IOException)
        {
            HostingLog.CannotStart(log, e.Message);
            return 1;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task ServeAsync(this WebApplication app, ILogger log)
    {
        await app.StartChatHubAsync();
        var database = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Provider;
        if (database == StorageOptions.Sqlite && !string.IsNullOrEmpty(app.Configuration["Redis:Configuration"]))
            HostingLog.OneMachine(log);
        HostingLog.Ready(log, string.Join(", ", app.Urls), Limits.HubPath, database);
        await app.WaitForShutdownAsync();
    }

    private static async Task RenewEpochAsync(this WebApplication app, ILogger log)
    {
        var database = app.Services.GetRequiredService<IDatabase>();
        await database.InitializeAsync(CancellationToken.None);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var epoch = await database.WriteAsync(session => EpochStore.RenewAsync(session, now), null, CancellationToken.None);
        HostingLog.EpochRenewed(log, epoch);
    }
}
