using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>Who blocks whom.</summary>
public sealed class BlockStore
{
    public Task AddAsync(DbSession session, long blocker, long blocked, long now) =>
        session.ExecuteAsync(
            "INSERT INTO blocks (blocker_key, blocked_key, blocked_at) VALUES (@blocker, @blocked, @now)", new { blocker, blocked, now });

    public Task RemoveAsync(DbSession session, long blocker, long blocked) =>
        session.ExecuteAsync(
            "DELETE FROM blocks WHERE blocker_key = @blocker AND blocked_key = @blocked", new { blocker, blocked });
}
