namespace ChatHub.Server.Safety;

/// <summary>Registers the module.</summary>
public static class SafetyServices
{
    public static IServiceCollection AddSafety(this IServiceCollection services) => services
        .AddSingleton<BanStore>()
        .AddSingleton<BanService>()
        .AddSingleton<DailyLimit>()
        .AddSingleton<ReportStore>()
        .AddSingleton<EvidenceStore>()
        .AddSingleton<ReportService>()
        .AddSingleton<ModerationService>();
}
