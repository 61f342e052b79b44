using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Safety.Reports;

namespace ChatHub.Server.Safety;

/// <summary>Registers the module.</summary>
public static class SafetyServices
{
    public static IServiceCollection AddSafety(this IServiceCollection services) => services
        .AddSingleton<BanStore>()
        .AddSingleton<BanService>()
        .AddSingleton<DailyLimit>()
        .AddReports()
        .AddModeration();

    private static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ReportStore>()
        .AddSingleton<ReportQueueStore>()
        .AddSingleton<ReporterStore>()
        .AddSingleton<ReportAllowance>()
        .AddSingleton<EvidenceStore>()
        .AddSingleton<EvidenceRetention>();

    private static IServiceCollection AddModeration(this IServiceCollection services) => services
        .AddSingleton<AuditStore>()
        .AddSingleton<AuditService>()
        .AddSingleton<RecordStore>()
        .AddSingleton<ModeratedUserStore>()
        .AddSingleton<HistoryService>()
        .AddSingleton<WarningService>()
        .AddSingleton<ModerationService>();
}
