using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Delivery;
using ChatHub.Server.Embedding;
using ChatHub.Server.Hosting;
using ChatHub.Server.Hosting.Embedding;
using ChatHub.Server.Hosting.Load;
using ChatHub.Server.Hosting.OpenApi;
using ChatHub.Server.Hosting.Settings;
using ChatHub.Server.Hosting.Shutdown;
using ChatHub.Server.Hosting.Telemetry;
using ChatHub.Server.Hosting.Web;
using ChatHub.Server.Hubs;
using ChatHub.Server.Outbox;
using ChatHub.Server.Outbox.Push;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using ChatHub.Server.Storage.Sqlite;
using ChatHub.Server.Storage.SqlServer;
using ChatHub.Server.Sync;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server;

/// <summary>Composes the server: options, modules, middleware.</summary>
public static class ChatHubApplication
{
    // An avatar and a little more; each endpoint holds its own limit.
    internal const long LargestBody = 512 * 1024;

    /// <summary>The whole server, composed and not yet started.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="adjust">What a host of its own (a test, say) replaces.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        // Settings and web files lie beside the program, whatever the working directory; the database is relative to the latter.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Compose(host: null);
        adjust?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>The same server within another application: its settings are the host's section, its listener the host's.</summary>
    internal static WebApplication BuildEmbedded(EmbeddingHost host, EmbeddedServer server)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ChatHubApplication).Assembly.GetName().Name,
            EnvironmentName = host.Services.GetRequiredService<IHostEnvironment>().EnvironmentName,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection([new("Http:PathBase", host.Path)])
            .AddConfiguration(host.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new HostLoggerProvider(host.Services.GetRequiredService<ILoggerFactory>()))
            // The host logs each request itself.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddSingleton(host).AddSingleton<IServer>(server);
        builder.Compose(host);
        builder.Services.AddHookAdapters(host.Services);
        return builder.Build();
    }

    private static void Compose(this WebApplicationBuilder builder, EmbeddingHost? host)
    {
        var services = builder.Services;
        services.AddSingleton(host?.Services.GetService<TimeProvider>() ?? TimeProvider.System);
        services.AddSettings<AuthOptions>("Auth")
            .Validate<IOptions<StorageOptions>>(AuthOptions.HasSharedKey, AuthOptions.NoSharedKey)
            .Validate(AuthOptions.HasLongKey, AuthOptions.ShortKey)
            .Validate<IConfiguration>(AuthOptions.HasNoModerators, AuthOptions.ModeratorsAreGone);
        services.AddSettings<AccountOptions>("Auth");
        services.AddSettings<MessagingOptions>("Messaging");
        services.AddSettings<ModerationOptions>("Moderation");
        services.AddSettings<RetentionOptions>("Retention");
        services.AddSettings<StorageOptions>("Storage");
        services.AddSettings<RedisOptions>("Redis");
        services.AddSettings<LimitOptions>("Limits");
        services.AddSettings<HttpOptions>("Http");
        services.AddSettings<ShutdownOptions>("Shutdown");
        services.AddSettings<PushOptions>("Push");
        services.AddSettings<OutboxOptions>("Outbox");
        services.AddSettings<HookOptions>("Hooks");
        services.AddSingleton<HookCalls>();
        services.AddWebhookSettings(builder.Configuration);
        services.AddSingleton(provider => new PathBase(provider.GetRequiredService<IOptions<HttpOptions>>().Value.PathBase.TrimEnd('/')));
        builder.FilterLogs();
        builder.AddTelemetry();

        var redis = builder.Configuration.GetSection("Redis").Get<RedisOptions>() ?? new();
        services.AddStorage();
        services.AddDelivery<Hubs.ChatHub>(redis);
        var hasIssuer = (builder.Configuration.GetSection("Auth").Get<AuthOptions>() ?? new()).HasIssuer;
        services.AddHealth(hasBackplane: !redis.IsOff, hasIssuer);
        services.AddChanges().AddOutbox().AddSafety().AddPeople().AddConversations().AddRequests().AddSync();
        services.AddTokens(hasIssuer, hasHost: host is { Options.UseHostAuthentication: true });
        services.AddOrigins();
        services.AddHub();
        services.AddHostedService<Sweeper>();
        services.AddOpenApiDescription();
        services.AddStopping(isEmbedded: host is not null);
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = LargestBody);
        services.AddExceptionHandler<ProblemDetailsExceptionHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddDataProtectionWithoutKeys();
        services.ConfigureHttpJsonOptions(options => ContractJson.Apply(options.SerializerOptions));
        services.AddSingleton<DefaultHttpContextFactory>();
        services.AddSingleton<IHttpContextFactory, QueryTokenHttpContextFactory>();
    }

    private static void FilterLogs(this WebApplicationBuilder builder)
    {
        // The framework logs each refused call as an error with its stack; what is one is logged by ErrorFilter.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
        // Each check of a degraded dependency would be a warning; who notices it logs it once.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Error);
        // What prevents the start is one line, Startup's.
        var startup = new StartupState();
        builder.Services.AddSingleton(startup);
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
            builder.Logging.AddFilter(category, level => startup.HasStarted && level >= LogLevel.Warning);
    }

    /// <summary>
    /// Authentication brings data protection with it, and nothing here is protected by it: it would write keys into the home
    /// folder, or warn at each start that it cannot.
    /// </summary>
    private static void AddDataProtectionWithoutKeys(this IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var keys = services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList();
        keys.ForEach(service => services.Remove(service));
    }

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<IDatabase>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
            var time = provider.GetRequiredService<TimeProvider>();
            return options.Provider == StorageOptions.SqlServer
                ? new SqlServerDatabase(options.ConnectionString, time, provider.GetRequiredService<ILogger<SqlServerDatabase>>())
                : new SqliteDatabase(options.ConnectionString, time, provider.GetRequiredService<ILogger<SqliteDatabase>>());
        });
        services.AddSingleton(provider => SigningKey.Load(
            provider.GetRequiredService<IOptions<AuthOptions>>().Value.SigningKey,
            (provider.GetRequiredService<IDatabase>() as SqliteDatabase)?.FilePath ?? ""));
        services.AddSingleton(provider => new Cursors(provider.GetRequiredService<SymmetricSecurityKey>().Key));
    }

    /// <summary>Draining comes before the host's own stop, which this bounds: connections, then the hosted services, then the storage.</summary>
    private static void AddStopping(this IServiceCollection services, bool isEmbedded)
    {
        services.AddSingleton<Drain>();
        if (isEmbedded)
            services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        else
            services.AddSingleton<IHostLifetime, DrainingHostLifetime>();
        services.AddSingleton<CallFilter>().AddScoped<OpenCall>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    private static void AddHub(this IServiceCollection services)
    {
        services.AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = Limits.HubMessageBytes + Limits.HubFramingBytes;
                // Calls of one connection overlap, so that their writes share a commit; a connection that asks for more waits.
                options.MaximumParallelInvocationsPerClient = 16;
                options.HandshakeTimeout = TimeSpan.FromSeconds(5);
                options.ClientTimeoutInterval = PresenceCoordinator.ClientTimeout;
            })
            .AddJsonProtocol(options => ContractJson.Apply(options.PayloadSerializerOptions))
            .AddMessagePackProtocol(ContractMessagePack.Apply);
        // As objects: given as types they would be resolved again for each call.
        services.AddOptions<HubOptions>().Configure<AnswerFilter, CallFilter, ErrorFilter, LimitFilter>((options, answers, calls, errors, limits) =>
        {
            options.AddFilter(new CallMetricsFilter());
            // The one that waits comes first: a call that waits has not begun.
            options.AddFilter(answers);
            options.AddFilter(calls);
            options.AddFilter(errors);
            options.AddFilter(limits);
        });
        services.AddSingleton<ErrorFilter>().AddSingleton<LimitFilter>().AddSingleton<RateLimits>().AddSingleton<RedisTokenBuckets>()
            .AddSingleton<ExportGate>().AddSingleton<RefreshCookies>().AddSingleton<PasswordGuesses>();
        services.AddSingleton<AnswerBudgets>().AddSingleton<AnswerFilter>().AddScoped<AnswerShare>();
        services.AddSingleton<IUserIdProvider, UserIdProvider>();
    }

    /// <summary>The way of a request: errors, who it is, where it goes. Part of starting, because it reads the settings.</summary>
    internal static void UseChatHub(this WebApplication app)
    {
        var host = app.Services.GetService<EmbeddingHost>();
        // A host has taken the base away.
        if (host is null)
            app.UsePathBase(app.Services.GetRequiredService<PathBase>().Value);
        app.UseKnownProxies();
        app.UseHeadRequests();
        // Here and not before everything, where the framework puts it: routes are matched without the base.
        app.UseRouting();
        app.UseOversizedBodies();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(_ => { });
        app.UseOrigins();
        if (host is not { Options.ServeInbox: false })
            app.UseWebFiles();
        app.Use(app.Services.GetRequiredService<Drain>().RefuseConnectionsAsync);
        app.UseStatusCodePages(ProblemDetailsExceptionHandler.WriteMissingAsync);
        app.UseAuthentication();
        app.UseHttpLimits();
        app.UseAuthorization();
        app.MapHealth();
        if (!app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.HasIssuer)
        {
            if (host is { Options.UseHostAuthentication: true })
                app.MapHostSession();
            else
                app.MapAccounts();
        }

        app.MapAvatars();
        app.MapDirectory();
        app.MapModeration();
        app.MapExport();
        app.MapPush();
        app.MapOpenApi(OpenApiSetup.Path);
        app.MapApiReference();
        app.MapTelemetry();
        app.MapHub<Hubs.ChatHub>(Limits.HubPath, options => options.CloseOnAuthenticationExpiration = true);
    }
}
