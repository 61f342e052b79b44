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

    /// <summary>A write of many rows in transactions of a bounded size: repeated until one changes fewer than that.</summary>
    /// <param name="database">The database.</param>
    /// <param name="step">Changes at most so many rows; returns how many.</param>
    /// <param name="size">The most that one step changes.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>How many rows were changed in all.</returns>
    public static async Task<int> WriteInStepsAsync(
        this IDatabase database, Func<DbSession, Task<int>> step, int size, CancellationToken cancellation)
    {
        int count, all = 0;
        do
        {
            count = await database.WriteAsync(LockScope.None, step, committed: null, cancellation);
            all += count;
        }
        while (count == size);
        return all;
    }
}
