using ChatHub.Server.Storage;
using ChatHub.Server.Storage.Sqlite;
using ChatHub.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>The suite on SQLite, and what is SQLite's alone.</summary>
public sealed class SqliteDatabaseTests() : DatabaseTests(new SqliteDatabases())
{
    private static CancellationToken Token => TestTimeouts.Token;

    [Fact]
    public async Task A_read_is_one_snapshot_however_much_is_written_meanwhile()
    {
        var database = await OpenAsync();

        var (before, after) = await database.ReadAsync(
            async session =>
            {
                var first = await ReadAsync(session);
                await database.WriteAsync(IncrementAsync, null, Token);
                return (first, await ReadAsync(session));
            },
            Token);

        Assert.Equal((0, 0), (before, after));
        Assert.Equal(1, await database.ReadAsync(ReadAsync, Token));
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        var database = await OpenAsync();

        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(IncrementAsync, Token));
    }

    [Fact]
    public async Task Command_that_awaits_anything_but_its_session_is_refused()
    {
        var database = await OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(
            async session =>
            {
                await Task.Yield();
                return 0L;
            },
            null,
            Token));

        Assert.Equal(1, await database.WriteAsync(IncrementAsync, null, Token));
    }

    [Fact]
    public async Task Full_database_fails_writes_and_keeps_no_partial_command()
    {
        var database = await OpenAsync();
        await database.WriteAsync(
            async session =>
            {
                var pages = await session.ScalarAsync<long>("PRAGMA page_count");
                return await session.ScalarAsync<long>($"PRAGMA max_page_count = {pages}");
            },
            null,
            Token);
        var wide = new string('x', 10_000);

        // A full disk ends the transaction under the group's feet; those that wrote before it in the group must not be lost.
        var writes = Enumerable.Range(0, 60).Select(async i =>
        {
            try
            {
                await (i % 3 == 1
                    ? database.WriteAsync(
                        async session => (long)await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES (@i, @wide)", new { i = $"{i}", wide }),
                        null,
                        Token)
                    : database.WriteAsync(IncrementAsync, null, Token));
                return i % 3 != 1;
            }
            catch (StorageUnavailableException)
            {
                return false;
            }
        });
        var acknowledged = (await Task.WhenAll(writes)).Count(succeeded => succeeded);

        Assert.Equal(acknowledged, await database.ReadAsync(ReadAsync, Token));
        Assert.Equal(40, acknowledged);
        Assert.Equal(2, await database.ReadAsync(session => session.ScalarAsync<long>("SELECT COUNT(*) FROM server_state"), Token));
    }

    [Fact]
    public async Task Two_processes_on_one_file_alternate_under_load()
    {
        const int AlwaysWaiting = 2_000;
        var busy = await OpenAsync();
        var other = await OpenAnotherAsync();
        var before = await other.WriteAsync(IncrementAsync, null, Token);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Several groups, each of which asks for the lock as soon as the one before it has let go, until the other has had its turn.
        var writes = Enumerable.Range(0, AlwaysWaiting).Select(async _ =>
        {
            long written = 0;
            for (; !turn.Task.IsCompleted; written++)
                await busy.WriteAsync(IncrementAsync, _ => begun.TrySetResult(), Token);
            return written;
        }).ToArray();
        await begun.Task.SoonAsync();
        var count = await other.WriteAsync(IncrementAsync, _ => turn.TrySetResult(), Token).SoonAsync();

        var all = before + 1 + (await Task.WhenAll(writes)).Sum();
        Assert.InRange(count, before + 2, all);
        Assert.Equal(all, await other.ReadAsync(ReadAsync, Token));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("")]
    [InlineData("chathub.db")]
    [InlineData("Data Source=x;Password=secret")]
    [InlineData("Data Source=x;Mode=ReadOnly")]
    [InlineData("Data Source=file:x")]
    [InlineData("Data Source=x;Server=y")]
    public void A_connection_string_that_names_no_file_to_write_is_refused(string connectionString) =>
        Assert.Throws<StorageException>(() => new SqliteDatabase(connectionString, TimeProvider.System, NullLogger<SqliteDatabase>.Instance));

    [Fact]
    public async Task Corrupt_file_stops_the_start_with_a_clear_sentence()
    {
        using var folder = new TempFolder();
        var file = folder.File("notes.txt");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("These are notes, and no database. ", 100)), Token);
        await using var database = new SqliteDatabase($"Data Source={file}", TimeProvider.System, NullLogger<SqliteDatabase>.Instance);

        var refused = await Assert.ThrowsAsync<StorageException>(() => database.InitializeAsync(Token));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }
}
