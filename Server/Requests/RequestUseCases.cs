namespace ChatHub.Server.Requests;

/// <summary>The module's use cases, as the hub calls them.</summary>
public sealed record RequestUseCases(
    SendRequestService Send,
    AcceptRequestService Accept,
    DeleteRequestService Delete,
    DeleteRequestsService DeleteMany,
    RestoreRequestService Restore,
    WithdrawRequestService Withdraw,
    RequestQueries Queries,
    OpenConversationService OpenConversation,
    ProfileService Profiles,
    BlockService Blocks);
