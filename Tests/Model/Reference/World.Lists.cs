using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>The lists, and Sync.</summary>
internal sealed partial class World
{
    public Page<Request> ListRequests(ModelUser user, RequestDirection direction, RequestFilter filter) => PageOf(
        Requests
            .Where(r => direction == RequestDirection.Outgoing ? r.Sender == user
                : IsListed(user, r) && (filter != RequestFilter.Pending || r.Entry == Entry.Main))
            .Select(r => RequestFor(user, r))
            .Where(r => filter switch
            {
                RequestFilter.Pending => r.State == RequestState.Pending,
                RequestFilter.Accepted => r.State == RequestState.Accepted,
                _ => true,
            })
            .Reverse());

    public Page<Request> ListFolder(ModelUser user, RequestFolder folder) => PageOf(
        Requests.Where(r => r.Recipient == user && IsOpen(r)).Select(r => RequestFor(user, r)).Where(r => r.Folder == folder).Reverse());

    public Page<Conversation> ListConversations(ModelUser user, bool archived) => PageOf(Chats
        .Where(c => c.Has(user) && c.Of(user).IsVisible && c.Of(user).IsArchived == archived)
        .OrderByDescending(c => c.Of(user).IsPinned)
        .ThenByDescending(c => c.Of(user).UpdatedAt)
        .Select(c => ConversationFor(user, c)));

    public MessagePage GetMessages(ModelUser user, string conversationId)
    {
        var all = Seen(user, conversationId);
        return new() { Items = [.. all.TakeLast(Limits.PageDefault).Select(m => MessageFor(user, m))], HasMore = all.Count > Limits.PageDefault };
    }

    public MessagePage GetMessages(ModelUser user, string conversationId, long after)
    {
        var all = Seen(user, conversationId).Where(m => m.Seq > after).ToList();
        return new() { Items = [.. all.Take(Limits.PageDefault).Select(m => MessageFor(user, m))], HasMore = all.Count > Limits.PageDefault };
    }

    public MessagePage GetChanges(ModelUser user, string conversationId, long changedAfter)
    {
        var all = Seen(user, conversationId).Where(m => m.Change > changedAfter).OrderBy(m => m.Change).ToList();
        return new() { Items = [.. all.Take(Limits.PageDefault).Select(m => MessageFor(user, m))], HasMore = all.Count > Limits.PageDefault };
    }

    private List<ModelMessage> Seen(ModelUser user, string conversationId)
    {
        var chat = Visible(user, conversationId);
        return [.. chat.Messages.Where(m => m.Seq > chat.Of(user).ClearedSeq)];
    }

    public static Page<UserCard> ListBlocked(ModelUser user) => Cards(user.Blocks);

    public static Page<UserCard> ListFollowing(ModelUser user) => Cards(user.Follows.Where(u => !IsLeftOut(user, user, u.Key)));

    public Page<UserCard> ListFollowers(ModelUser user) => Cards(Users.Where(u => u.Follows.ContainsKey(user) && !IsLeftOut(user, user, u)).ToDictionary(u => u, u => u.Follows[user]));

    /// <summary>All that was stamped after a version, each item once, in the order of its stamp.</summary>
    public SyncPage Sync(ModelUser user, long after) => new()
    {
        Epoch = epoch,
        Version = user.Version,
        HasMore = false,
        Reset = false,
        Me = MeOf(user) with { Settings = user.Settings with { HiddenWords = null } },
        Conversations = [.. Chats.Where(c => c.Has(user) && c.Of(user).IsVisible && c.Of(user).Stamp > after).OrderBy(c => c.Of(user).Stamp).Select(c => ConversationFor(user, c))],
        Requests = [.. Requests.Where(r => r.Sender == user || IsListed(user, r)).Where(r => StampFor(user, r) > after).OrderBy(r => StampFor(user, r)).ThenBy(r => r.Recipient == user).Select(r => RequestFor(user, r))],
        RemovedRequestIds = [.. Requests.Where(r => r.Recipient == user && r.HasReached && !IsListed(user, r) && r.RecipientStamp > after).OrderBy(r => r.RecipientStamp).Select(r => r.Id)],
    };

    private static long StampFor(ModelUser user, ModelRequest request) => request.Sender == user ? request.SenderStamp : request.RecipientStamp;

    private static Page<UserCard> Cards(IEnumerable<KeyValuePair<ModelUser, DateTimeOffset>> since) => PageOf(since.OrderByDescending(u => u.Value).Select(u => Card(u.Key)));

    private static Page<T> PageOf<T>(IEnumerable<T> items) => new() { Items = [.. items] };
}
