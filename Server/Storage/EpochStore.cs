namespace ChatHub.Server.Storage;

/// <summary>The epoch's row.</summary>
public static class EpochStore
{
    /// <summary>The epoch; created at the database's first start.</summary>
    public static async Task<string> EnsureAsync(DbSession session)
    {
        var epoch = await session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = 'epoch'");
        return epoch ?? await RenewAsync(session);
    }

    /// <summary>Begins a new epoch: every client drops its state and reads it again.</summary>
    public static async Task<string> RenewAsync(DbSession session)
    {
        var epoch = Ids.New();
        var row = new { epoch };
        if (await session.ExecuteAsync("UPDATE server_state SET value = @epoch WHERE name = 'epoch'", row) == 0)
            await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES ('epoch', @epoch)", row);
        return epoch;
    }
}
