using System.Net;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Hubs;

/// <summary>Ids and cursors disclose nothing: no time, no order, no count; and a cursor is good for its list and caller alone.</summary>
public sealed class OpaqueTests(SharedServer server)
{
    private const int People = 12;

    [Fact]
    public async Task Ids_have_no_order_and_hold_no_time()
    {
        await using var alice = await server.ConnectAsync("alice");
        var ids = new List<(string User, string Request, string Chat)>();
        for (var i = 0; i < People; i++)
        {
            await using var other = await server.ConnectAsync("other");
            await other.FollowAsync(alice);
            var opened = await alice.RequestAsync(other);
            ids.Add((other.Id, opened.Request.RequestId, opened.Conversation!.ConversationId));
        }

        foreach (var kind in (Func<(string User, string Request, string Chat), string>[])[id => id.User, id => id.Request, id => id.Chat])
        {
            var made = ids.ConvertAll(id => kind(id));
            // 12 random ids come in their order once in 479,001,600 times.
            Assert.NotEqual(made.Order(StringComparer.Ordinal), made);
            // A time at the beginning would be the same for all but a few digits.
            Assert.Equal(People, made.Select(id => id[..8]).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_cursor_is_refused_by_every_list_but_its_own_and_by_its_own_for_another_caller()
    {
        await using var alice = await server.ConnectAsync("alice");
        await using var mallory = await server.ConnectAsync("mallory");
        for (var i = 0; i < 2; i++)
        {
            await using var other = await server.ConnectAsync("other");
            await other.FollowAsync(alice);
            await alice.FollowAsync(other);
            await alice.RequestAsync(other);
            await mallory.FollowAsync(other);
            await using var blocked = await server.ConnectAsync("blocked");
            await alice.BlockAsync(blocked);
            await using var sender = await server.ConnectAsync("sender");
            await sender.RequestAsync(alice);
        }

        var lists = Lists();
        var cursors = new string[lists.Length];
        for (var i = 0; i < lists.Length; i++)
            cursors[i] = Assert.IsType<string>(await lists[i](alice, null));
        for (var list = 0; list < lists.Length; list++)
        {
            for (var cursor = 0; cursor < cursors.Length; cursor++)
            {
                if (cursor == list)
                    await lists[list](alice, cursors[cursor]);
                else
                    await Wire.RefusedAsync(ErrorCodes.InvalidArgument, lists[list](alice, cursors[cursor]));
            }

            await Wire.RefusedAsync(ErrorCodes.InvalidArgument, lists[list](mallory, cursors[list]));
        }

        foreach (var cursor in cursors)
        {
            await server.HttpRefusedAsync(
                ErrorCodes.InvalidArgument, HttpStatusCode.BadRequest, "GET", $"/api/moderation/reports?cursor={cursor}", await server.ModeratorAsync());
        }
    }

    [Fact]
    public async Task Cursors_disclose_no_number_by_their_length_or_text()
    {
        await using var alice = await server.ConnectAsync("alice");
        var cursors = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            await using var other = await server.ConnectAsync("other");
            await alice.FollowAsync(other);
            if (i > 0)
                cursors.Add((await alice.Hub.ListFollowing(new() { Limit = 1 })).NextCursor!);
        }

        Assert.Single(cursors.Select(cursor => cursor.Length).Distinct());
        Assert.Equal(cursors.Count, cursors.Select(cursor => cursor[..4]).Distinct().Count());
    }

    private static Func<Device, string?, Task<string?>>[] Lists() =>
    [
        async (device, cursor) => (await device.Hub.ListFollowing(new() { Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.ListFollowers(new() { Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.ListBlocked(new() { Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.ListConversations(new() { Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.ListRequests(new() { Direction = RequestDirection.Incoming, State = RequestFilter.All, Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.ListRequests(new() { Direction = RequestDirection.Outgoing, Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.SearchUsers(new() { Query = "sender", Cursor = cursor, Limit = 1 })).NextCursor,
        async (device, cursor) => (await device.Hub.SearchUsers(new() { Query = "send", Cursor = cursor, Limit = 1 })).NextCursor,
    ];
}
