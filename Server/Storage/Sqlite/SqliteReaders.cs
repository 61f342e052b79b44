using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary>A bounded pool of read connections, opened as they are needed. Each read is one snapshot.</summary>
internal sealed class SqliteReaders(Func<PreparedConnection> open, OutageLog outages) : IAsyncDisposable
{
    private static readonly int MaxConnections = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>
    /// KiB of the database that one connection may hold: all together as much as the writer, 64 MiB, but each at least SQLite's own 2 MiB, with
    /// which pages of a large database are read from the file again and again.
    /// </summary>
    public static readonly int CacheKiB = Math.Max(2 * 1024, 64 * 1024 / MaxConnections);

    private readonly SemaphoreSlim _free = new(MaxConnections);
    private readonly Channel<PreparedConnection> _idle = Channel.CreateBounded<PreparedConnection>(MaxConnections);
    private volatile bool _stopped;

    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (!_idle.Reader.TryRead(out var connection))
                connection = open();
            return await ReadAsync(connection, query);
        }
        catch (SqliteException e) when (e.SqliteErrorCode != raw.SQLITE_READONLY)
        {
            // A query that writes is a defect, and no outage.
            var fault = SqliteFaults.Translate(e);
            if (fault is StorageUnavailableException outage)
                outages.Add(outage);
            throw fault;
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Ends once no connection is open: only the last one of the process to close writes the log into the database.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        for (var i = 0; i < MaxConnections; i++)
            await _free.WaitAsync();
        while (_idle.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
        _free.Release(MaxConnections);
    }

    private async Task<T> ReadAsync<T>(PreparedConnection connection, Func<DbSession, Task<T>> query)
    {
        var session = new DbSession(connection);
        try
        {
            await session.ExecuteAsync("BEGIN");
            var result = await query(session);
            await session.ExecuteAsync("COMMIT");
            if (_idle.Writer.TryWrite(connection))
                return result;
            await connection.DisposeAsync();
            return result;
        }
        catch
        {
            // The connection's state is unknown: it is not reused.
            await connection.DisposeAsync();
            throw;
        }
    }
}
