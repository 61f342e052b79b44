namespace ChatHub.Server.Sync;

/// <summary>Registers the module.</summary>
public static class SyncServices
{
    public static IServiceCollection AddSync(this IServiceCollection services) => services
        .AddSingleton<ExportStore>()
        .AddSingleton<ExportService>()
        .AddSingleton<SyncService>()
        .AddSingleton<PositionService>()
        .AddHostedService(provider => provider.GetRequiredService<PositionService>());
}
