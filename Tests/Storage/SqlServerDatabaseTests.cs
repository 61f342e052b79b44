using ChatHub.Server.Changes;
using ChatHub.Server.Storage;
using ChatHub.Server.Storage.SqlServer;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Tds;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>The suite on SQL Server, and what is SQL Server's alone: commands that meet, and connections that are lost.</summary>
public sealed class SqlServerDatabaseTests() : DatabaseTests(new SqlServerDatabases())
{
    private static CancellationToken Token => TestTimeouts.Token;

    [Fact]
    public async Task Deadlocked_commands_are_both_executed()
    {
        var database = await OpenAsync();
        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('other', '0')"), null, Token);
        using var both = new Barrier(2);
        var met = 0;

        // The first time each takes one row, waits until the other has the other row, and then wants that.
        await Task.WhenAll(RunAsync("counter", "other"), RunAsync("other", "counter"));

        Assert.Equal("2", await database.ReadAsync(session => session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'other'"), Token));
        Assert.Equal(2, await database.ReadAsync(ReadAsync, Token));
        Assert.True(met > 2, "Nothing ran again: they did not meet.");

        Task RunAsync(string first, string second) => Task.Run(
            () => database.WriteAsync(
                LockScope.None,
                async session =>
                {
                    await AddAsync(session, first);
                    if (Interlocked.Increment(ref met) <= 2)
                        both.SignalAndWait(TestTimeouts.Limit, Token);
                    return await AddAsync(session, second);
                },
                null,
                Token),
            Token);
    }

    [Fact]
    public async Task A_command_that_meets_a_row_it_has_not_seen_runs_again_and_sees_it()
    {
        var database = await OpenAsync();
        using var both = new Barrier(2);
        var met = 0;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () => database.WriteAsync(
                LockScope.None,
                async session =>
                {
                    if (await session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'one'") is not null)
                        return "there already";
                    if (Interlocked.Increment(ref met) <= 2)
                        both.SignalAndWait(TestTimeouts.Limit, Token);
                    await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('one', 'x')");
                    return "made";
                },
                null,
                Token),
            Token)));

        Assert.Equal(["made", "there already"], outcomes.Order());
    }

    [Fact]
    public async Task Command_cannot_change_a_user_outside_its_lock_scope()
    {
        var database = await OpenAsync();

        await Assert.ThrowsAsync<StaleScopeException>(() => database.WriteAsync(
            LockScope.OfUser(1),
            session =>
            {
                session.RequireHeld(2);
                return Task.FromResult(0);
            },
            null,
            Token));
    }

    [Fact]
    public async Task Commands_that_wait_for_their_turn_on_a_chat_hold_no_connection_and_do_not_wait_without_end()
    {
        await OpenAsync();
        var settings = new SqlConnectionStringBuilder(ConnectionString) { MaxPoolSize = 4 };
        using var database = new SqlServerDatabase(settings.ConnectionString, TimeProvider.System, NullLogger<SqlServerDatabase>.Instance)
        {
            RetryLimit = TimeSpan.FromSeconds(3),
        };
        await database.InitializeAsync(Token);
        var chat = LockScope.OfConversation("chat");
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = database.WriteAsync(
            chat,
            async session =>
            {
                begun.TrySetResult();
                await release.Task;
                return await IncrementAsync(session);
            },
            null,
            Token);
        await begun.Task.SoonAsync();

        var waiting = Enumerable.Range(0, 10).Select(_ => database.WriteAsync(chat, IncrementAsync, null, Token)).ToList();
        await database.WriteAsync(LockScope.OfConversation("other"), session => session.ScalarAsync<int>("SELECT 1"), null, Token);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        foreach (var one in waiting)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => one);
        release.SetResult();

        Assert.Equal(1, await first);
        Assert.Equal(2, await database.WriteAsync(chat, IncrementAsync, null, Token));
    }

    [Fact]
    public async Task Lost_connections_are_replaced_and_what_was_not_committed_runs_again()
    {
        await OpenAsync();
        var (host, port) = SqlServerTestDatabase.Server;
        await using var proxy = new TdsProxy(host, port);
        var settings = new SqlConnectionStringBuilder(ConnectionString) { DataSource = $"127.0.0.1,{proxy.Port}" };
        using var database = new SqlServerDatabase(settings.ConnectionString, TimeProvider.System, NullLogger<SqlServerDatabase>.Instance);
        await database.InitializeAsync(Token);

        proxy.Cut();
        Assert.Equal(0, await database.ReadAsync(ReadAsync, Token));
        proxy.Cut();
        Assert.Equal(1, await database.WriteAsync(IncrementAsync, null, Token));
        var isFirst = true;
        Assert.Equal(2, await database.WriteAsync(
            async session =>
            {
                if (isFirst)
                    proxy.Cut();
                isFirst = false;
                return await IncrementAsync(session);
            },
            null,
            Token));
    }

    [Fact]
    public async Task A_deferred_statement_that_fails_takes_its_transaction_with_it()
    {
        var database = await OpenAsync();
        PreparedStatement insert = new("INSERT INTO server_state (name, value) VALUES (@name, 'x')", "name");

        await Assert.ThrowsAsync<SqlException>(() => database.WriteAsync(
            LockScope.None,
            async session =>
            {
                await session.ExecuteAsync(insert, "before");
                await session.ExecuteAsync(insert, "counter");
                await session.ExecuteAsync(insert, "after");
                return 0;
            },
            null,
            Token));

        Assert.Equal(
            ["counter", "epoch"],
            await database.ReadAsync(session => session.ListAsync<string>("SELECT name FROM server_state ORDER BY name"), Token));
    }

    [Fact]
    public async Task Deferred_statements_are_carried_out_before_what_reads_and_in_their_order()
    {
        var database = await OpenAsync();
        PreparedStatement insert = new("INSERT INTO server_state (name, value) VALUES (@name, @value)", "name", "value");
        PreparedStatement update = new("UPDATE server_state SET value = @value WHERE name = @name", "name", "value");
        PreparedStatement<string> read = new("SELECT value FROM server_state WHERE name = @name", row => row.Text(0), "name");

        var values = await database.WriteAsync(
            LockScope.None,
            async session =>
            {
                await session.ExecuteAsync(insert, "one", "1");
                await session.ExecuteAsync(update, "one", "2");
                var prepared = await session.FirstAsync(read, "one");
                await session.ExecuteAsync(update, "one", "3");
                var dapper = await session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'one'");
                await session.ExecuteAsync(update, "one", "4");
                return (prepared, dapper);
            },
            null,
            Token);

        Assert.Equal(("2", "3"), values);
        Assert.Equal("4", await database.ReadAsync(session => session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'one'"), Token));
    }

    [Fact]
    public async Task Lists_of_many_lengths_have_few_texts()
    {
        var database = await OpenAsync();
        var (host, port) = SqlServerTestDatabase.Server;
        await using var proxy = new TdsProxy(host, port);
        var settings = new SqlConnectionStringBuilder(ConnectionString) { DataSource = $"127.0.0.1,{proxy.Port}" };
        using var proxied = new SqlServerDatabase(settings.ConnectionString, TimeProvider.System, NullLogger<SqlServerDatabase>.Instance);
        var inboxes = new InboxStore();
        await database.WriteAsync(AddUserAsync, null, Token);

        for (var length = 1; length <= 60; length++)
        {
            var ids = Enumerable.Range(0, length).Select(i => i == 0 ? "u" : $"missing {i}").ToArray();
            Assert.Equal("u", Assert.Single(await proxied.ReadAsync(session => inboxes.VersionsAsync(session, ids), Token)).UserId);
        }

        Assert.InRange(proxy.Requests.Where(request => request.Contains("FROM users")).Select(request => request.Text).Distinct().Count(), 1, 12);
    }

    private static async Task<int> AddAsync(DbSession session, string name) => await session.ExecuteAsync(
        "UPDATE server_state SET value = CAST(CAST(value AS INT) + 1 AS NVARCHAR(20)) WHERE name = @name", new { name });
}
