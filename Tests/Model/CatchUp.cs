using ChatHub.Contracts;

namespace ChatHub.Tests.Model;

/// <summary>Reads all pages of a Sync as one, and holds them to what pages promise.</summary>
internal static class CatchUp
{
    public static async Task<SyncPage> ReadAsync(IChatHub hub, long after, int limit)
    {
        var (conversations, requests, removed) = (new List<Conversation>(), new List<Request>(), new List<string>());
        SyncPage page;
        do
        {
            page = await hub.Sync(new() { After = after, Limit = limit });
            conversations.AddRange(page.Conversations);
            requests.AddRange(page.Requests);
            removed.AddRange(page.RemovedRequestIds);
            if (page.HasMore && page.Version <= after)
                throw new InvalidOperationException($"Sync does not come forward: {page.Version} after {after}");
            after = page.Version;
        }
        while (page.HasMore);
        return page with { Conversations = conversations, Requests = requests, RemovedRequestIds = removed };
    }
}
