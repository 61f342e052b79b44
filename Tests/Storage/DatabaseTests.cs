using System.Collections.Concurrent;
using System.Data.Common;
using ChatHub.Server.Storage;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>What every provider promises. Each runs this suite on databases of its own.</summary>
public abstract class DatabaseTests(ITestDatabases databases) : IAsyncDisposable
{
    private static CancellationToken Token => Patience.Token;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return databases.DisposeAsync();
    }

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
    public async Task Commands_about_one_user_come_one_after_the_other_and_are_shown_so()
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
    public async Task A_command_that_throws_after_it_wrote_rolls_back_itself_and_nobody_else()
    {
        var database = await OpenAsync();
        var committed = new List<long>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                await database.WriteAsync(
                    async session =>
                    {
                        var value = await IncrementAsync(session);
                        return i % 10 == 0 ? throw new InvalidDataException("on purpose") : value;
                    },
                    committed.Add,
                    Token);
                return true;
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }));

        Assert.Equal(180, outcomes.Count(succeeded => succeeded));
        Assert.Equal(180, await database.ReadAsync(ReadAsync, Token));
        Assert.Equal(Enumerable.Range(1, 180).Select(n => (long)n), committed);
    }

    [Fact]
    public async Task A_refusal_writes_nothing_and_disturbs_nobody()
    {
        var database = await OpenAsync();

        var writes = Enumerable.Range(0, 100).Select(i => (Task)(i % 2 == 0
            ? database.WriteAsync(IncrementAsync, null, Token)
            : Assert.ThrowsAsync<InvalidDataException>(() => database.WriteAsync<long>(
                async session => throw new InvalidDataException($"refused at {await ReadAsync(session)}"), null, Token))));
        await Task.WhenAll(writes);

        Assert.Equal(50, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task A_broken_constraint_fails_its_own_command_alone()
    {
        var database = await OpenAsync();

        var writes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await database.WriteAsync(
                    session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES (@name, 'x')", new { name = $"n{i % 25}" }),
                    null,
                    Token);
                return true;
            }
            catch (DbException)
            {
                return false;
            }
        }));

        Assert.Equal(25, writes.Count(succeeded => succeeded));
    }

    [Fact]
    public async Task A_callback_that_throws_harms_neither_its_commit_nor_later_ones()
    {
        var database = await OpenAsync();

        await database.WriteAsync(IncrementAsync, _ => throw new InvalidDataException("on purpose"), Token);

        Assert.Equal(2, await database.WriteAsync(IncrementAsync, null, Token));
    }

    [Fact]
    public async Task A_cancelled_command_that_has_not_begun_is_not_carried_out()
    {
        var database = await OpenAsync();
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var blocking = database.WriteAsync(
            async session =>
            {
                release.Wait(Token);
                return await IncrementAsync(session);
            },
            null,
            Token);
        // SQLite: waits behind the one that blocks. A database with many writers may carry it out at once.
        var waiting = database.WriteAsync(IncrementAsync, null, cancellation.Token);

        await cancellation.CancelAsync();
        release.Set();

        await blocking.SoonAsync();
        var cancelled = await Record.ExceptionAsync(() => waiting.SoonAsync());
        Assert.True(cancelled is null or OperationCanceledException, $"{cancelled}");
        Assert.Equal(cancelled is null ? 2 : 1, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task A_token_cancelled_before_the_call_writes_nothing()
    {
        var database = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => database.WriteAsync(IncrementAsync, null, new CancellationToken(canceled: true)));

        Assert.Equal(0, await database.ReadAsync(ReadAsync, Token));
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
    public async Task A_read_that_throws_leaves_the_pool_in_order()
    {
        var database = await OpenAsync();

        for (var i = 0; i < 50; i++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => database.ReadAsync<long>(
                async session => throw new InvalidDataException($"at {await ReadAsync(session)}"), Token));
        }

        Assert.Equal(0, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task One_statement_runs_again_and_again_with_other_parameters()
    {
        var database = await OpenAsync();

        var values = await database.WriteAsync(
            async session =>
            {
                var all = new List<string?>();
                foreach (var value in (string?[])["first", null, "a longer one than before", ""])
                    all.Add(await session.ScalarAsync<string>("SELECT @value", new { value }));
                return all;
            },
            null,
            Token);

        Assert.Equal(["first", null, "a longer one than before", ""], values);
    }

    [Fact]
    public async Task Initialising_again_changes_nothing_and_keeps_the_epoch()
    {
        var first = await OpenAsync();
        await first.WriteAsync(IncrementAsync, null, Token);

        var second = await databases.OpenAsync();

        Assert.Equal(first.Epoch, second.Epoch);
        Assert.Equal(1, await second.ReadAsync(ReadAsync, Token));
        Assert.Equal(
            Migration.Of(second.Dialect).Select(m => m.Name),
            await second.ReadAsync(session => session.ListAsync<string>("SELECT name FROM schema_migrations ORDER BY number"), Token));
    }

    [Fact]
    public async Task Two_instances_that_start_at_once_end_with_one_schema_and_one_epoch()
    {
        var both = await Task.WhenAll(Task.Run(databases.OpenAsync, Token), Task.Run(databases.OpenAsync, Token));

        Assert.Equal(both[0].Epoch, both[1].Epoch);
    }

    [Fact]
    public async Task A_newer_schema_stops_the_start_with_a_clear_sentence()
    {
        var database = await OpenAsync();
        await database.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO schema_migrations (number, name, applied_at) VALUES (9999, '9999_future', 0)"), null, Token);

        var refused = await Assert.ThrowsAsync<StorageException>(databases.OpenAsync);

        Assert.Contains("9999", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", refused.Message, StringComparison.Ordinal);
    }

    protected string ConnectionString => databases.ConnectionString;

    /// <summary>A database with one counter in it.</summary>
    protected async Task<IDatabase> OpenAsync()
    {
        var database = await databases.OpenAsync();
        await database.WriteAsync(
            session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('counter', '0')"), null, Token);
        return database;
    }

    /// <summary>One more instance on the same database.</summary>
    protected Task<IDatabase> OpenAnotherAsync() => databases.OpenAsync();

    protected static async Task<long> IncrementAsync(DbSession session)
    {
        var next = await ReadAsync(session) + 1;
        await session.ExecuteAsync("UPDATE server_state SET value = @value WHERE name = 'counter'", new { value = $"{next}" });
        return next;
    }

    protected static Task<long> ReadAsync(DbSession session) =>
        session.ScalarAsync<long>("SELECT value FROM server_state WHERE name = 'counter'");

    private static async Task<long> AddUserAsync(DbSession session)
    {
        await session.ExecuteAsync("INSERT INTO users (user_id, username, display_name, created_at) VALUES ('u', 'u', 'U', 0)");
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
