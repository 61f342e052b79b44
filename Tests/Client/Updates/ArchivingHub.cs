using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>Calls to the model server; the latest of five chats is archived as soon as it was listed.</summary>
internal sealed class ArchivingHub(ModelServer server) : HubStub
{
    private const int ArchiveTheLatest = 12 + (14 * 4);

    private bool _hasArchived;

    public override Task<Me> GetMe(EmptyInput input) => server.GetMe(input);
    public override Task<Page<Request>> ListRequests(ListRequestsInput input) => server.ListRequests(input);
    public override Task<MessagePage> GetMessages(GetMessagesInput input) => server.GetMessages(input);
    public override Task<SyncPage> Sync(SyncInput input) => server.Sync(input);

    public override async Task<Page<Conversation>> ListConversations(ListConversationsInput input)
    {
        var page = await server.ListConversations(input);
        if (!_hasArchived)
            server.Change(ArchiveTheLatest);
        _hasArchived = true;
        return page;
    }
}
