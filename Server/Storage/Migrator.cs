namespace ChatHub.Server.Storage;

/// <summary>Applies missing migrations, inside a transaction that no other process runs at the same time.</summary>
public static class Migrator
{
    /// <returns>The names of the migrations that were applied.</returns>
    public static async Task<IReadOnlyList<string>> ApplyAsync(
        DbSession session, IReadOnlyList<Migration> migrations, DateTimeOffset now)
    {
        var applied = await session.ScalarAsync<long?>("SELECT MAX(number) FROM schema_migrations") ?? 0;
        if (applied > migrations[^1].Number)
        {
            throw new StorageException(
                $"The database's schema is at version {applied}, and this program knows only up to {migrations[^1].Number}: run a newer program.");
        }

        var names = new List<string>();
        foreach (var migration in migrations.Where(m => m.Number > applied))
        {
            await session.ExecuteAsync(migration.Sql);
            await session.ExecuteAsync(
                "INSERT INTO schema_migrations (number, name, applied_at) VALUES (@Number, @Name, @at)",
                new { migration.Number, migration.Name, at = now.ToUnixTimeMilliseconds() });
            names.Add(migration.Name);
        }

        return names;
    }
}
