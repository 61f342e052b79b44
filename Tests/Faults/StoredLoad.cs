using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>What a load has left in a database.</summary>
internal static class StoredLoad
{
    /// <summary>The server has exactly what was said and the request's text, and its counters are those of its rows.</summary>
    public static async Task AssertStoredAsync(this ChatLoad talk, TestDatabase database, Account alice, Account bob)
    {
        await using var device = await alice.ConnectAsync();
        var chat = await device.Hub.GetConversation(new() { ConversationId = talk.Id });
        Assert.Equal(talk.Said + 1, chat.LastSeq);
        Assert.Equal(talk.Said + 1, Assert.Single(await database.ListAsync<int>("SELECT COUNT(*) FROM messages")));
        Assert.Equal(talk.Said, Assert.Single(await database.ListAsync<int>("SELECT COUNT(DISTINCT client_id) FROM messages WHERE seq > 1")));
        await using var other = await bob.ConnectAsync();
        foreach (var one in (Device[])[device, other])
        {
            var unread = (await one.Hub.GetConversation(new() { ConversationId = talk.Id })).UnreadCount;
            Assert.Equal(unread, (await one.Hub.GetMe(new())).Badges.UnreadMessages);
        }
    }
}
