using System.Globalization;
using System.Reflection;

namespace ChatHub.Server.Storage;

/// <summary>One numbered step of the schema, from an embedded <c>NNNN_name.sql</c>.</summary>
public sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>A dialect's migrations, by number.</summary>
    public static IReadOnlyList<Migration> Of(Dialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = $"ChatHub.Server.Storage.Migrations.{dialect.Name}.";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => Read(assembly, name, folder.Length)),
        ];
    }

    private static Migration Read(Assembly assembly, string resource, int start)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[start..^".sql".Length];
        return new(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}

/// <summary>Brings a schema up to date, inside a transaction that its caller holds alone.</summary>
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
