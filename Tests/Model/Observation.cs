using ChatHub.Contracts;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Model;

/// <summary>A read that a user can make, and its expected result.</summary>
internal sealed record Observation(string What, Outcome Expected, Func<IChatHub, Task<object?>> Look)
{
    /// <summary>All that a user can see: themselves, the lists, every chat, every profile, the latest requests of anybody.</summary>
    public static IEnumerable<Observation> All(World world, ModelUser user, Binding binding)
    {
        yield return Of(world, "GetMe", () => world.MeOf(user), hub => hub.GetMe(new()));
        foreach (var direction in Enum.GetValues<RequestDirection>())
        {
            foreach (var filter in Enum.GetValues<RequestFilter>())
            {
                yield return Of(world, $"ListRequests {direction} {filter}", () => world.ListRequests(user, direction, filter),
                    hub => hub.ListRequests(new() { Direction = direction, State = filter, Limit = Limits.PageMax }));
            }
        }

        foreach (var folder in Enum.GetValues<RequestFolder>())
        {
            yield return Of(world, $"ListRequests in {folder}", () => world.ListFolder(user, folder),
                hub => hub.ListRequests(new() { Direction = RequestDirection.Incoming, Folder = folder, Limit = Limits.PageMax }));
        }

        foreach (var archived in new[] { false, true })
        {
            yield return Of(world, $"ListConversations, archived: {archived}", () => world.ListConversations(user, archived),
                hub => hub.ListConversations(new() { Archived = archived, Limit = Limits.PageMax }));
        }

        foreach (var chat in world.Chats)
            yield return Of(world, $"GetConversation {chat.Id}", () => world.GetConversation(user, new() { ConversationId = chat.Id }), hub => hub.GetConversation(new() { ConversationId = binding.Real(chat.Id) }));
        foreach (var request in world.Requests.TakeLast(4))
            yield return Of(world, $"GetRequest {request.Id}", () => world.GetRequest(user, new() { RequestId = request.Id }), hub => hub.GetRequest(new() { RequestId = binding.Real(request.Id) }));
        foreach (var other in world.Users)
            yield return Of(world, $"GetProfile of user {other.Index}", () => world.GetProfile(user, new() { UserId = other.Id }), hub => hub.GetProfile(new() { UserId = other.Id }));
    }

    /// <summary>All of it in three looks: what catching up gives from the beginning, the folder, and the other's profile.</summary>
    public static IEnumerable<Observation> Brief(World world, ModelUser user)
    {
        yield return Of(world, "Sync from the beginning", () => world.Sync(user, 0), hub => CatchUp.ReadAsync(hub, 0, Limits.PageMax));
        yield return Of(world, "the folder", () => world.ListRequests(user, RequestDirection.Incoming, RequestFilter.Pending),
            hub => hub.ListRequests(new() { Direction = RequestDirection.Incoming, Limit = Limits.PageMax }));
        foreach (var other in world.Users.Where(other => other != user))
            yield return Of(world, $"GetProfile of user {other.Index}", () => world.GetProfile(user, new() { UserId = other.Id }), hub => hub.GetProfile(new() { UserId = other.Id }));
    }

    /// <summary>What changes seldom or is long, for now and then: messages, people, and catching up.</summary>
    public static IEnumerable<Observation> Deeper(World world, ModelUser user, Binding binding, IEnumerable<long> syncAfter)
    {
        foreach (var chat in world.Chats)
            yield return Of(world, $"GetMessages {chat.Id}", () => world.GetMessages(user, chat.Id), hub => hub.GetMessages(new() { ConversationId = binding.Real(chat.Id) }));
        foreach (var chat in world.Chats)
        {
            yield return Of(world, $"GetMessages {chat.Id} after 1", () => world.GetMessages(user, chat.Id, 1), hub => hub.GetMessages(new() { ConversationId = binding.Real(chat.Id), After = 1 }));
            yield return Of(world, $"GetMessages {chat.Id} changed after 1", () => world.GetChanges(user, chat.Id, 1), hub => hub.GetMessages(new() { ConversationId = binding.Real(chat.Id), ChangedAfter = 1 }));
        }

        yield return Of(world, "ListBlocked", () => World.ListBlocked(user), hub => hub.ListBlocked(new() { Limit = Limits.PageMax }));
        yield return Of(world, "ListFollowing", () => World.ListFollowing(user), hub => hub.ListFollowing(new() { Limit = Limits.PageMax }));
        yield return Of(world, "ListFollowers", () => world.ListFollowers(user), hub => hub.ListFollowers(new() { Limit = Limits.PageMax }));
        foreach (var after in syncAfter)
        {
            yield return Of(world, $"Sync after {after}", () => world.Sync(user, after), hub => CatchUp.ReadAsync(hub, after, Limits.PageMax));
            yield return Of(world, $"Sync after {after} by small pages", () => world.Sync(user, after), hub => CatchUp.ReadAsync(hub, after, 2));
        }
    }

    /// <summary>Looks; answers where it differs.</summary>
    public async Task<string?> DifferenceAsync(Binding binding, IChatHub hub)
    {
        var difference = binding.Difference(Expected, await SeeAsync(hub));
        return difference is null ? null : $"{What}: {difference}";
    }

    public async Task<CallResult> SeeAsync(IChatHub hub)
    {
        try
        {
            return new(await Look(hub), null);
        }
        catch (ChatHubException refusal)
        {
            return new(null, refusal);
        }
    }

    private static Observation Of<T>(World world, string what, Func<object?> expected, Func<IChatHub, Task<T>> look) =>
        new(what, world.Do(null, expected), async hub => await look(hub));
}
