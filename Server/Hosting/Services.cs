using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Delivery;
using ChatHub.Server.Hubs;
using ChatHub.Server.People;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using ChatHub.Server.Storage.Sqlite;
using ChatHub.Server.Sync;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>What is made of what, room by room.</summary>
public static class Services
{
    public static void AddChatHub(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<AuthOptions>().BindConfiguration("Auth").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();

        services.AddStorage();
        services.AddFeatures();
        services.AddTokens();
        services.AddHub();
        services.AddHostedService<Sweeper>();
        services.AddExceptionHandler<Problems>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // Nothing is protected with it; without this the framework writes keys into the home folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.ConfigureHttpJsonOptions(options => ContractJson.Apply(options.SerializerOptions));
        services.AddSingleton<DefaultHttpContextFactory>();
        services.AddSingleton<IHttpContextFactory, QueryTokens>();
    }

    private static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton(provider => SigningKey.Load(
            provider.GetRequiredService<IOptions<AuthOptions>>().Value.SigningKey,
            provider.GetRequiredService<SqliteDatabase>().FilePath));
    }

    private static void AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<LiveConnections>().AddSingleton<IDelivery, LocalDelivery>();
        services.AddSingleton<InboxStore>().AddSingleton<ChangeRunner>();
        services.AddSingleton<BanStore>().AddSingleton<DailyLimit>();
        services.AddSingleton<PeopleStore>().AddSingleton<SearchStore>().AddSingleton<FollowStore>()
            .AddSingleton<CredentialStore>().AddSingleton<MeStore>().AddSingleton<MeService>()
            .AddSingleton<SearchService>().AddSingleton<AccountService>();
        services.AddSingleton<ConversationStore>().AddSingleton<MessageStore>().AddSingleton<ChatFactsStore>()
            .AddSingleton<IdempotencyStore>().AddSingleton<SendMessageService>().AddSingleton<MarkSeenService>()
            .AddSingleton<TypingService>().AddSingleton<ConversationQueries>();
        services.AddSingleton<RelationStore>().AddSingleton<RequestStore>().AddSingleton<ChatOpener>()
            .AddSingleton<RequestCloser>().AddSingleton<ExpiryService>().AddSingleton<SendRequestService>()
            .AddSingleton<AnswerRequestService>().AddSingleton<RequestQueries>().AddSingleton<OpenConversationService>()
            .AddSingleton<ProfileService>();
        services.AddSingleton<SyncService>().AddSingleton<PositionService>()
            .AddHostedService(provider => provider.GetRequiredService<PositionService>());
    }

    private static void AddHub(this IServiceCollection services)
    {
        services.AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = Limits.HubMessageBytes;
                // Calls of one connection overlap, so that their writes share a commit; a connection that asks for more waits.
                options.MaximumParallelInvocationsPerClient = 16;
                options.HandshakeTimeout = TimeSpan.FromSeconds(5);
                options.AddFilter<ErrorFilter>();
            })
            .AddJsonProtocol(options => ContractJson.Apply(options.PayloadSerializerOptions));
        services.AddSingleton<ErrorFilter>();
        services.AddSingleton<IUserIdProvider, UserIdProvider>();
        services.AddSingleton<HubLifetimeManager<Hubs.ChatHub>, UserLifetimeManager<Hubs.ChatHub>>();
    }
}
