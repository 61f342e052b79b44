using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>The connection string, checked and completed.</summary>
internal static class SqlServerSettings
{
    private const string CommandTimeout = "Command Timeout";

    /// <summary>Throws <see cref="StorageException"/> with a sentence for the operator.</summary>
    public static SqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var settings = new SqlConnectionStringBuilder(connectionString)
            {
                // A server that was away a moment ago may be back: nothing is refused on account of an earlier failure.
                PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock,
                // Whatever is to be tried again is tried here, and never behind the back of an open transaction.
                ConnectRetryCount = 0,
                MultipleActiveResultSets = false,
                Enlist = false,
            };
            // 0 would be without end.
            if (!settings.ShouldSerialize(CommandTimeout) || settings.CommandTimeout == 0)
                settings.CommandTimeout = TimeLimits.Default.CommandSeconds;
            if (settings.DataSource.Length > 0 && settings.InitialCatalog.Length > 0)
                return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not passed on: a connection string may hold a password.
        }

        throw new StorageException("Storage:ConnectionString must name a server and a database for SqlServer: Server=…;Database=….");
    }

    /// <summary>How many of a pool's connections writers and readers may have; 0 readers: they share the only one.</summary>
    public static (int Writers, int Readers) Places(int maxPoolSize) =>
        maxPoolSize < 2 ? (1, 0) : (maxPoolSize / 2, maxPoolSize - (maxPoolSize / 2));
}
