using ChatHub.Server.Storage;

namespace ChatHub.Tests.Delivery;

/// <summary>A database that is never used: its epoch and its dialect.</summary>
internal sealed class StubDatabase : IDatabase
{
    public Dialect Dialect { get; } = new SqliteDialect();

    public string Epoch => "epoch";

    public Task InitializeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<T> WriteAsync<T>(
        LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
