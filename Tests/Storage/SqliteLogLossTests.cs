using ChatHub.Server.Storage;
using ChatHub.Server.Storage.Sqlite;
using ChatHub.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>The -wal or -shm of an open database is deleted or replaced: what was committed is kept, and nothing more is acknowledged.</summary>
public sealed class SqliteLogLossTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteLogLossTests() => _database = Create(_folder);

    private static CancellationToken Token => TestTimeouts.Token;

    private string LogPath => _folder.File("storage.db-wal");

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync(Token);
        await InsertAsync("before");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_read_that_opens_a_connection_without_the_log_loses_nothing()
    {
        File.Delete(LogPath);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(_database));
        await _database.DisposeAsync();

        await using var restarted = await StartAsync(_folder);
        Assert.True(await ReadAsync(restarted));
    }

    [Fact]
    public async Task A_read_that_outlives_the_stop_loses_nothing()
    {
        var (reading, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var read = _database.ReadAsync(
            async session =>
            {
                reading.SetResult();
                await end.Task;
                return await session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'before'");
            },
            Token);
        await reading.Task.SoonAsync();
        File.Delete(LogPath);

        var stopped = _database.DisposeAsync().AsTask();
        var late = ReadAsync(_database);
        Assert.False(stopped.IsCompleted);
        end.SetResult();
        Assert.Equal("", await read.SoonAsync());
        await stopped.SoonAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late.SoonAsync());

        await using var restarted = await StartAsync(_folder);
        Assert.True(await ReadAsync(restarted));
    }

    [Theory]
    [InlineData("storage.db-wal")]
    [InlineData("storage.db-shm")]
    public async Task A_log_or_index_that_another_file_has_replaced_acknowledges_nothing_until_it_is_back(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked which file it is.");
        var (path, away) = (_folder.File(file), _folder.File("away"));
        File.Move(path, away);
        await File.WriteAllBytesAsync(path, await File.ReadAllBytesAsync(away, Token), Token);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => InsertAsync("lost"));

        File.Move(away, path, overwrite: true);
        await InsertAsync("after");
        Assert.True(await ReadAsync(_database));
    }

    [Fact]
    public async Task A_log_that_an_older_copy_has_replaced_leaves_a_sound_database_to_the_next_start()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked which file it is.");
        await WriteAsync("CREATE TABLE later (text TEXT)");
        await CheckpointAsync();
        await InsertAsync("in the copy");
        var copy = _folder.File("copy");
        File.Copy(LogPath, copy);
        // New pages of a table that the copy does not know to have grown.
        for (var i = 0; i < 100; i++)
            await WriteAsync("INSERT INTO later (text) VALUES (hex(randomblob(500)))");
        File.Move(copy, LogPath, overwrite: true);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => InsertAsync("lost"));

        // As after a kill: what lies there, without a close.
        using var killed = new TempFolder();
        foreach (var file in (string[])["storage.db", "storage.db-wal"])
            File.Copy(_folder.File(file), killed.File(file));

        await using var restarted = await StartAsync(killed);
        Assert.True(await ReadAsync(restarted));
        Assert.Equal("ok", await restarted.ReadAsync(session => session.ScalarAsync<string>("PRAGMA integrity_check"), Token));
    }

    private static SqliteDatabase Create(TempFolder folder) =>
        new($"Data Source={folder.File("storage.db")}", TimeProvider.System, NullLogger<SqliteDatabase>.Instance);

    private static async Task<SqliteDatabase> StartAsync(TempFolder folder)
    {
        var database = Create(folder);
        await database.InitializeAsync(Token);
        return database;
    }

    private Task<int> InsertAsync(string name) => WriteAsync("INSERT INTO server_state (name, value) VALUES (@name, '')", new { name });

    private Task<int> WriteAsync(string sql, object? parameters = null) =>
        _database.WriteAsync(session => session.ExecuteAsync(sql, parameters), null, Token);

    private async Task CheckpointAsync()
    {
        await using var other = new SqliteConnection($"Data Source={_folder.File("storage.db")};Pooling=False");
        await other.OpenAsync(Token);
        await using var command = other.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(Token);
    }

    private static Task<bool> ReadAsync(SqliteDatabase database) => database.ReadAsync(
        async session => await session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'before'") is not null, Token);
}
