using System.Net.Sockets;
using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hosting.Demo;
using ChatHub.Server.Hosting.Embedding;
using ChatHub.Server.Hosting.Settings;
using ChatHub.Server.People;
using ChatHub.Server.Storage;
using ChatHub.Server.Storage.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Starting: the settings, the database, then the endpoints. What prevents it is one line at level Critical and exit code 1.</summary>
public static partial class Startup
{
    internal const string Category = "ChatHub";

    /// <summary>The switch for after a backup was restored: renews the epoch and exits.</summary>
    private const string RenewEpoch = "--renew-epoch";

    /// <summary>The switch that asks the running server whether it is ready, and exits.</summary>
    private const string Health = "--health";

    /// <param name="app">The server, composed.</param>
    /// <param name="fill">What is written before it listens.</param>
    public static async Task StartChatHubAsync(this WebApplication app, Func<WebApplication, Task>? fill = null)
    {
        app.CheckSettings();
        // Beside each other, because both mostly compile: what the hub's dispatcher compiles for each of its methods is a fifth of a start.
        await Task.WhenAll(Task.Run(app.UseChatHub), Task.Run(app.PrepareDataAsync));
        if (fill is not null)
            await fill(app);
        // They listen to the other instances, before their first call here.
        app.Services.GetRequiredService<RateLimits>();
        app.Services.GetRequiredService<SessionConnections>();
        await app.ListenAsync();
        app.Services.GetRequiredService<StartupState>().Started();
    }

    /// <param name="args">The command line.</param>
    /// <param name="adjust">What a host of its own (a test, say) replaces.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        WebApplication? app = null;
        try
        {
            var isDemo = DemoCommand.IsMeant(args);
            app = isDemo ? DemoCommand.Build(args) : ChatHubApplication.Build(args, adjust);
            if (args.Contains(Health))
                return await HealthProbe.RunAsync(app.Configuration, app.Services.GetRequiredService<PathBase>());
            if (ModeratorCommand.IsMeant(args))
                return await app.SetModeratorAsync(args);
            if (DeadLetterCommand.IsMeant(args))
                return await app.SeeToDeadLettersAsync(args);
            if (args.Contains(RenewEpoch))
                return await app.RenewEpochAsync();
            await app.StartChatHubAsync(isDemo ? DemoCommand.FillAsync : null);
        }
        catch (Exception e)
        {
            await ReportAsync(app, e);
            return 1;
        }

        app.LogReady();
        return await app.WaitForEndAsync();
    }

    private static async Task<int> WaitForEndAsync(this WebApplication app)
    {
        try
        {
            await using (app)
                await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e)
        {
            using var console = LoggerFactory.Create(logging => logging.AddConsole());
            HostingLog.StopFailed(console.CreateLogger(Category), e);
            return 1;
        }
    }

    private static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (SocketException e)
        {
            // Its own message does not say where.
            throw new IOException($"It cannot listen at {string.Join(", ", ListenAddresses.Of(app.Configuration))}: {e.Message}", e);
        }
    }

    private static void CheckSettings(this WebApplication app)
    {
        var host = app.Services.GetService<EmbeddingHost>();
        var sections = app.Services.GetServices<SettingsSection>().ToList();
        foreach (var key in UnknownSettings.Find(app.Configuration, sections).Concat(host is null ? [] : UnknownSettings.FindSections(host.Settings, sections)))
            HostingLog.UnknownSetting(Log(app.Services), host is null ? key : $"{host.Options.Section}:{key}");
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (host is not null)
            return;
        ListenAddresses.Of(app.Configuration);
        if (!ListenAddresses.AreSet(app.Configuration))
            app.Urls.Add(ListenAddresses.Default);
    }

    private static async Task PrepareDataAsync(this WebApplication app)
    {
        await app.PrepareDatabaseAsync();
        // Made or read now: a bad one must not wait for the first token to be noticed. After the database, whose it is.
        app.Services.GetRequiredService<SymmetricSecurityKey>();
        await app.Services.GetRequiredService<AvatarService>().RebaseAsync(CancellationToken.None);
    }

    private static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<IDatabase>();
        if (database is SqliteDatabase { FilePath: var path } && app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.SigningKey.Length == 0)
            SigningKey.RequireDatabase(path);
        await database.InitializeAsync(CancellationToken.None);
    }

    private static async Task<int> RenewEpochAsync(this WebApplication app)
    {
        await app.PrepareDatabaseAsync();
        var epoch = await app.Services.GetRequiredService<IDatabase>().WriteAsync(EpochStore.RenewAsync, null, CancellationToken.None);
        HostingLog.EpochRenewed(Log(app.Services), epoch);
        await app.DisposeAsync();
        return 0;
    }

    private static async Task<int> SetModeratorAsync(this WebApplication app, string[] args)
    {
        await ModeratorCommand.RunAsync(app, args, Log(app.Services));
        await app.DisposeAsync();
        return 0;
    }

    private static async Task<int> SeeToDeadLettersAsync(this WebApplication app, string[] args)
    {
        await DeadLetterCommand.RunAsync(app, args, Log(app.Services));
        await app.DisposeAsync();
        return 0;
    }

    internal static void LogReady(this WebApplication app)
    {
        var provider = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Provider;
        if (provider == StorageOptions.Sqlite && !string.IsNullOrEmpty(app.Configuration["Redis:Configuration"]))
            HostingLog.OneMachine(Log(app.Services));
        var database = app.Services.GetRequiredService<IDatabase>() is SqliteDatabase { FilePath: var path } ? path : provider;
        var addresses = app.Services.GetService<EmbeddingHost>() is null ? string.Join(", ", app.Urls) : "embedded";
        HostingLog.Ready(
            Log(app.Services), addresses, app.Services.GetRequiredService<PathBase>().Of(Limits.HubPath), database);
    }

    /// <summary>By the application's log, or where it was not even composed, by a log of its own.</summary>
    private static async Task ReportAsync(WebApplication? app, Exception e)
    {
        using var console = app is null ? LoggerFactory.Create(logging => logging.AddConsole()) : null;
        var log = app is null ? console!.CreateLogger(Category) : Log(app.Services);
        HostingLog.CannotStart(log, ReasonOf(e));
        HostingLog.StartFailed(log, e);
        if (app is not null)
            await app.DisposeAsync();
    }

    internal static string ReasonOf(Exception e) =>
        LineBreaks().Replace(e is AggregateException several ? string.Join("; ", several.InnerExceptions.Select(one => one.Message)) : e.Message, " ");

    private static ILogger Log(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
