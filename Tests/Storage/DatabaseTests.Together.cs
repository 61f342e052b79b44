using System.Collections.Concurrent;
using ChatHub.Server.Storage;
using Xunit;

namespace ChatHub.Tests.Storage;

// Commands and reads that meet.
public abstract partial class DatabaseTests
{
    [Fact]
    public async Task Concurrent_writes_are_all_there_and_each_sees_those_before_it()
    {
        var database = await OpenAsync();

        var seen = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => database.WriteAsync(IncrementAsync, null, Token)));

        Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), seen.Order());
        Assert.Equal(500, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task Committed_is_called_once_each_in_the_order_of_commits_before_the_caller_is_answered()
    {
        var database = await OpenAsync();
        var committed = new ConcurrentQueue<long>();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            var mine = await database.WriteAsync(IncrementAsync, committed.Enqueue, Token);
            Assert.Contains(mine, committed);
        }));

        Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), committed);
    }

    [Fact]
    public async Task Commands_about_one_user_are_serialised_and_published_in_commit_order()
    {
        var database = await OpenAsync();
        var other = await databases.OpenAsync();
        var user = await database.WriteAsync(AddUserAsync, null, Token);
        var shown = new ConcurrentQueue<long>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            (i % 4 == 0 ? other : database).WriteAsync(
                LockScope.OfUser(user), session => StampAsync(session, user), i % 4 == 0 ? null : (Action<long>)shown.Enqueue, Token)));

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), answers.Order());
        Assert.Equal(150, shown.Count);
        Assert.Equal(shown.Order(), shown);
    }

    [Fact]
    public async Task Commands_on_one_chat_that_do_not_wait_for_each_other_run_in_their_order()
    {
        var database = await OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            database.WriteAsync(LockScope.OfConversation("chat"), IncrementAsync, null, Token)));

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), answers);
    }

    [Fact]
    public async Task What_committed_shows_is_durable_for_others_to_read()
    {
        var database = await OpenAsync();
        var other = await databases.OpenAsync();
        var read = new TaskCompletionSource<long>();

        await database.WriteAsync(
            IncrementAsync, _ => read.SetResult(other.ReadAsync(ReadAsync, Token).GetAwaiter().GetResult()), Token);

        Assert.Equal(1, await read.Task);
    }

    [Fact]
    public async Task Two_instances_on_one_database_write_at_once_and_lose_nothing()
    {
        var first = await OpenAsync();
        var second = await databases.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            (i % 2 == 0 ? first : second).WriteAsync(IncrementAsync, null, Token)));

        Assert.Equal(200, await first.ReadAsync(ReadAsync, Token));
        Assert.Equal(200, await second.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task Reads_of_committed_state_go_on_while_others_write()
    {
        var database = await OpenAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 300).Select(_ => database.WriteAsync(IncrementTwiceAsync, null, Token)));

        var values = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => database.ReadAsync(ReadAsync, Token)));

        await writing;
        // Never half of a command.
        Assert.All(values, value => Assert.Equal(0, value % 2));
    }

    [Fact]
    public async Task Rows_are_deleted_so_many_at_a_time()
    {
        var database = await OpenAsync();
        await database.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('a', 'old'), ('b', 'old'), ('c', 'old'), ('d', 'new')"), null, Token);
        var delete = database.Dialect.DeleteSome("server_state", "name", "value = @value");

        var counts = new List<int>();
        for (var i = 0; i < 3; i++)
            counts.Add(await database.WriteAsync(session => session.ExecuteAsync(delete, new { value = "old", take = 2 }), null, Token));

        Assert.Equal([2, 1, 0], counts);
        Assert.Equal("new", await database.ReadAsync(session => session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'd'"), Token));
    }

    protected static async Task<long> AddUserAsync(DbSession session)
    {
        await session.ExecuteAsync("INSERT INTO users (user_id, username, username_key, display_name, created_at) VALUES ('u', 'u', 'u', 'U', 0)");
        var key = await session.ScalarAsync<long>("SELECT user_key FROM users WHERE user_id = 'u'");
        await session.ExecuteAsync("INSERT INTO inboxes (user_key) VALUES (@key)", new { key });
        return key;
    }

    // Reads and then writes, as the rules do.
    private static async Task<long> StampAsync(DbSession session, long user)
    {
        var next = await session.ScalarAsync<long>("SELECT version FROM inboxes WHERE user_key = @user", new { user }) + 1;
        await session.ExecuteAsync("UPDATE inboxes SET version = @next WHERE user_key = @user", new { user, next });
        return next;
    }

    private static async Task<long> IncrementTwiceAsync(DbSession session)
    {
        await IncrementAsync(session);
        return await IncrementAsync(session);
    }
}
