using ChatHub.Server.Requests.Hooks;

namespace ChatHub.Server.Requests;

/// <summary>Registers the module.</summary>
public static class RequestsServices
{
    public static IServiceCollection AddRequests(this IServiceCollection services) => services
        .AddSingleton<RelationStore>()
        .AddSingleton<RequestStore>()
        .AddSingleton<BlockStore>()
        .AddSingleton<ErasureStore>()
        .AddSingleton<ChatOpener>()
        .AddSingleton<RequestFunnel>()
        .AddSingleton<RequestCloser>()
        .AddSingleton<RequestExpirySweeper>()
        .AddSingleton<EndedRequestStore>()
        .AddSingleton<RequestRetention>()
        .AddSingleton<ContactHooks>()
        .AddSingleton<RequestCommandRunner>()
        .AddSingleton<RequestAllowance>()
        .AddSingleton<RequestSorter>()
        .AddSingleton<SendRequestService>()
        .AddSingleton<AcceptRequestService>()
        .AddSingleton<DeleteRequestService>()
        .AddSingleton<DeleteRequestsService>()
        .AddSingleton<RestoreRequestService>()
        .AddSingleton<WithdrawRequestService>()
        .AddSingleton<RequestContextStore>()
        .AddSingleton<RequestQueries>()
        .AddSingleton<OpenConversationService>()
        .AddSingleton<ProfileService>()
        .AddSingleton<BlockService>()
        .AddSingleton<EvidenceCollector>()
        .AddSingleton<ReportService>()
        .AddSingleton<ErasureService>()
        .AddSingleton<RequestUseCases>();
}
