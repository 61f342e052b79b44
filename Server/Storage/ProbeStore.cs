using System.Globalization;

namespace ChatHub.Server.Storage;

/// <summary>The row that readiness reads and writes.</summary>
public static class ProbeStore
{
    /// <summary>A table, because a database may be reached and refuse every read.</summary>
    public static Task<string?> ReadAsync(DbSession session) =>
        session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'epoch'");

    public static async Task<bool> WriteAsync(DbSession session, long now)
    {
        var row = new { now = now.ToString(CultureInfo.InvariantCulture) };
        if (await session.ExecuteAsync("UPDATE server_state SET value = @now WHERE name = 'probe'", row) == 0)
            await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('probe', @now)", row);
        return true;
    }
}
