namespace ChatHub.Server.Storage;

/// <summary>The one way to the database. Implemented by each provider.</summary>
public interface IDatabase
{
    Dialect Dialect { get; }

    /// <summary>Identifies the database's history: the operator renews it after restoring a backup. Known once initialised.</summary>
    string Epoch { get; }

    /// <summary>Creates or upgrades the schema. Throws <see cref="StorageException"/> with a sentence for the operator.</summary>
    Task InitializeAsync(CancellationToken cancellation);

    /// <summary>
    /// Reads committed state, by a query that may be run more than once. Each of its statements sees one state; a query of
    /// several reads the user's row first, and then only what was stamped up to the version in it.
    /// </summary>
    Task<T> ReadAsync<T>(Func<DbSession, Task<T>> query, CancellationToken cancellation);

    /// <summary>
    /// Runs the command in one durable transaction. It may be run more than once before it is committed, so it keeps no
    /// state outside; it awaits nothing but its session. What it throws rolls it back.
    /// </summary>
    /// <param name="scope">
    /// The users it concerns: of two commands about the same user one runs after the other. Those on one chat run in the order in
    /// which they are called in this process.
    /// </param>
    /// <param name="command">Reads what its rules need before it writes.</param>
    /// <param name="committed">Called once, right after the commit, before the task ends; for one user in the order of commits.</param>
    /// <param name="cancellation">Honoured until the command begins.</param>
    Task<T> WriteAsync<T>(LockScope scope, Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation);

    /// <summary>The same, one such command at a time: <see cref="LockScope.Database"/>.</summary>
    Task<T> WriteAsync<T>(Func<DbSession, Task<T>> command, Action<T>? committed, CancellationToken cancellation);
}
