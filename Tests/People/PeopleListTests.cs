using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.People;

/// <summary>Whom one follows, who follows, whom one blocks. Those of one millisecond have no order among each other.</summary>
public sealed class PeopleListTests(ClockServer server) : IClassFixture<ClockServer>
{
    [Fact]
    public async Task Following_followers_and_blocked_are_listed_newest_first_in_pages()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var others = new List<Device>();
        for (var i = 0; i < 5; i++)
        {
            var other = await server.ConnectUserAsync("other");
            others.Insert(0, other);
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
            await alice.FollowAsync(other);
            await other.FollowAsync(alice);
        }

        await AssertPagesAsync(alice.Hub.ListFollowing, others);
        await AssertPagesAsync(alice.Hub.ListFollowers, others);

        // A page is full of who is left, wherever the blocked ones stood.
        foreach (var blocked in (Device[])[others[1], others[2], others[4]])
        {
            server.Time.Advance(TimeSpan.FromMilliseconds(1));
            await alice.BlockAsync(blocked);
        }

        await AssertPagesAsync(alice.Hub.ListFollowing, [others[0], others[3]]);
        await AssertPagesAsync(alice.Hub.ListFollowers, [others[0], others[3]]);
        await AssertPagesAsync(alice.Hub.ListBlocked, [others[4], others[2], others[1]]);
        Assert.Empty((await others[0].Hub.ListBlocked(new())).Items);
        Assert.Equal([alice.Id], (await others[0].Hub.ListFollowing(new())).Items.Select(card => card.UserId));
    }

    [Fact]
    public async Task Blocks_of_one_instant_are_listed_once_each()
    {
        await using var alice = await server.ConnectUserAsync("alice");
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectUserAsync("other")));
        foreach (var other in others)
            await alice.BlockAsync(other);

        var listed = await PagesAsync(alice.Hub.ListBlocked);
        Assert.Equal(others.Select(other => other.Id).Order(), listed.Order());
        foreach (var other in others)
            await other.DisposeAsync();
    }

    private static async Task AssertPagesAsync(Func<PageInput, Task<Page<UserCard>>> list, IEnumerable<Device> expected) =>
        Assert.Equal(expected.Select(device => device.Id), await PagesAsync(list));

    private static async Task<IEnumerable<string>> PagesAsync(Func<PageInput, Task<Page<UserCard>>> list)
    {
        var cards = Paging.ReadAllAsync(cursor => list(new() { Limit = 2, Cursor = cursor }), TestTimeouts.Token);
        return (await cards.ToListAsync(TestTimeouts.Token)).Select(card => card.UserId);
    }
}
