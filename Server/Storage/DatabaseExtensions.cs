namespace ChatHub.Server.Storage;

/// <summary>What every <see cref="IDatabase"/> can do by its own methods.</summary>
public static class DatabaseExtensions
{
    /// <summary>A write without a result, of which nothing has to be done after its commit.</summary>
    public static Task WriteAsync(this IDatabase database, LockScope scope, Func<DbSession, Task> command, CancellationToken cancellation) =>
        database.WriteAsync(
            scope,
            async session =>
            {
                await command(session);
                return true;
            },
            committed: null,
            cancellation);
}
