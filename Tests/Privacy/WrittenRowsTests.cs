using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Privacy;

/// <summary>
/// What the recipient made of a request does not show in how much a call of its sender writes, which its time would give
/// away: the same rows are written in every case.
/// </summary>
public sealed class WrittenRowsTests(ClockServer server) : IClassFixture<ClockServer>
{
    private static readonly string[] Tables = ["inboxes", "participants", "requests"];

    [Fact]
    public async Task A_withdrawal_writes_the_same_rows_whether_the_request_was_deleted_or_suppressed_or_neither()
    {
        await WatchAsync();
        var waiting = await WithdrawAsync((_, _) => Task.CompletedTask);
        Assert.Equal(["inboxes update 2", "requests update 1"], waiting);
        Assert.Equal(waiting, await WithdrawAsync((bob, id) => bob.DeleteAsync(id)));
        Assert.Equal(waiting, await WithdrawnAsync(await SuppressedAsync()));
    }

    [Fact]
    public async Task A_suppressed_request_writes_as_many_rows_as_one_that_arrives()
    {
        await WatchAsync();
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var arrives = await WrittenAsync(() => alice.RequestAsync(bob));
        Assert.Equal(["inboxes update 2", "requests insert 1"], arrives);

        var (sender, recipient) = await TurnedDownAsync();
        var version = await recipient.VersionAsync();
        Assert.Equal(arrives, await WrittenAsync(() => sender.RequestAsync(recipient)));
        Assert.Equal(version, await recipient.VersionAsync());
        await recipient.ReceivedNothingElseAsync();
    }

    [Fact]
    public async Task Blocking_writes_as_many_whether_the_own_request_was_suppressed_or_not()
    {
        await WatchAsync();
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        await alice.RequestAsync(bob);
        var arrived = await WrittenAsync(() => alice.BlockAsync(bob));

        var (sender, recipient) = await TurnedDownAsync();
        await sender.RequestAsync(recipient);
        Assert.Equal(arrived, await WrittenAsync(() => sender.BlockAsync(recipient)));
    }

    [Fact]
    public async Task A_change_of_a_message_writes_the_same_rows_whether_the_peer_cleared_it_or_not()
    {
        await WatchAsync();
        var kept = await server.OpenChatWithMessageAsync();
        var cleared = await server.OpenChatWithMessageAsync();
        await cleared.Bob.ClearAsync(cleared.Id, 2);

        var shown = await WrittenAsync(() => kept.Alice.EditAsync(kept.Id, 2, "Edited"));
        Assert.Equal(["inboxes update 2", "participants update 2"], shown);
        Assert.Equal(shown, await WrittenAsync(() => cleared.Alice.EditAsync(cleared.Id, 2, "Edited")));
        Assert.Equal(
            await WrittenAsync(() => kept.Alice.RemoveAsync(kept.Id, 2)), await WrittenAsync(() => cleared.Alice.RemoveAsync(cleared.Id, 2)));
    }

    private async Task<IReadOnlyList<string>> WithdrawAsync(Func<Device, string, Task> react)
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var id = (await alice.RequestAsync(bob)).Request.RequestId;
        await react(bob, id);
        return await WithdrawnAsync((alice, id));
    }

    private Task<IReadOnlyList<string>> WithdrawnAsync((Device Alice, string Id) sent) => WrittenAsync(() => sent.Alice.WithdrawAsync(sent.Id));

    private async Task<(Device Alice, string Id)> SuppressedAsync()
    {
        var (alice, bob) = await TurnedDownAsync();
        return (alice, (await alice.RequestAsync(bob)).Request.RequestId);
    }

    /// <summary>Bob turned a request of alice down, she withdrew it, and may ask again.</summary>
    private async Task<(Device Alice, Device Bob)> TurnedDownAsync()
    {
        var alice = await server.ConnectUserAsync("alice");
        var bob = await server.ConnectUserAsync("bob");
        var id = (await alice.RequestAsync(bob)).Request.RequestId;
        await bob.NextAsync<RequestReceived>();
        await bob.DeleteAsync(id);
        await alice.WithdrawAsync(id);
        await bob.NextAsync<RequestRemoved>();
        server.Time.Advance(TimeSpan.FromHours(24));
        return (alice, bob);
    }

    /// <summary>From now on the database itself keeps a list of what is written.</summary>
    private async Task WatchAsync()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "The triggers are SQLite's.");
        await server.Database.ExecuteAsync("CREATE TABLE IF NOT EXISTS written (what TEXT NOT NULL)");
        foreach (var table in Tables)
        {
            foreach (var kind in (string[])["insert", "update", "delete"])
            {
                await server.Database.ExecuteAsync(
                    $"CREATE TRIGGER IF NOT EXISTS {table}_{kind} AFTER {kind} ON {table} BEGIN INSERT INTO written VALUES ('{table} {kind}'); END");
            }
        }
    }

    private async Task<IReadOnlyList<string>> WrittenAsync(Func<Task> call)
    {
        await server.Database.ExecuteAsync("DELETE FROM written");
        await call();
        return await server.Database.ListAsync<string>("SELECT what || ' ' || COUNT(*) FROM written GROUP BY what ORDER BY what");
    }
}
