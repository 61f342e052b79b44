using Microsoft.Data.Sqlite;

namespace ChatHub.Server.Storage.Sqlite;

/// <summary><c>Storage:ConnectionString</c> for the embedded database.</summary>
internal static class SqliteSettings
{
    private const string Key = "Storage:ConnectionString";

    /// <exception cref="StorageException">It cannot be used. The sentence does not repeat it: it may hold a password.</exception>
    public static SqliteConnectionStringBuilder Read(string connectionString)
    {
        var builder = Parse(connectionString);
        if (builder.DataSource is "" or ":memory:" || builder.Mode == SqliteOpenMode.Memory)
            throw new StorageException($"{Key} must name a file: an SQLite database in memory would lose every message.");
        if (builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new StorageException($"{Key} must name its file by a path, and not by a file: address.");
        if (builder.Password.Length > 0)
            throw new StorageException($"{Key} has a password, and SQLite as it is built in does not encrypt: leave it out.");
        if (builder.Mode == SqliteOpenMode.ReadOnly)
            throw new StorageException($"{Key} has Mode=ReadOnly, and the server has to write.");
        builder.ForeignKeys = true;
        builder.Pooling = false;
        return builder;
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new StorageException($"{Key} cannot be read: it looks like 'Data Source=chathub.db'. {e.Message}", e);
        }
    }
}
