using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>Avatars, served from this origin only: a picture on a foreign host would work as a tracking pixel.</summary>
public sealed class AvatarService(IDatabase database, ChangeRunner changes, PeopleStore people, MeEvents me, WorkGate gate, PathBase pathBase)
{
    /// <summary>Where they are served; an id follows.</summary>
    public const string Path = "/avatars/";

    /// <summary>Of every picture that is kept.</summary>
    public const string ContentType = "image/webp";

    private const string PrefixName = "avatar_prefix";
    private const int RebaseStep = 1_000;

    private readonly string _owners = $"SELECT user_key FROM avatars WHERE user_key > @after ORDER BY user_key {database.Dialect.Take}";

    public async Task<AvatarReceipt> PutAsync(UserRef user, byte[] picture, CancellationToken cancellation)
    {
        var content = await gate.RunAsync(() => AvatarImages.Reencode(picture), cancellation);
        return await changes.RunAsync(caller: null, LockScope.OfUser(user.Key), async change =>
        {
            // A new id for each picture: what was cached of the one before is never taken for it.
            var id = Ids.New();
            await RemoveAsync(change.Session, user.Key);
            await change.Session.ExecuteAsync(
                "INSERT INTO avatars (avatar_id, user_key, content) VALUES (@id, @Key, @content)", new { id, user.Key, content });
            await people.SetAvatarAsync(change.Session, user.Key, Prefix + id);
            await me.RaiseAsync(change, user);
            return new AvatarReceipt { AvatarUrl = Prefix + id };
        }, cancellation);
    }

    private string Prefix => pathBase.Of(Path);

    /// <summary>
    /// Makes stored urls begin with the path under which the server is mounted now. They are given out as they are stored.
    /// Step by step, and noted at the end: what was cut off goes on at the next start.
    /// </summary>
    public async Task RebaseAsync(CancellationToken cancellation)
    {
        if (Prefix == (await database.ReadAsync(PrefixAsync, cancellation) ?? Path))
            return;
        for (long? last = 0; last is { } after;)
            last = await database.WriteAsync(LockScope.None, session => RebaseSomeAsync(session, after), committed: null, cancellation);
        await database.WriteAsync(StorePrefixAsync, committed: null, cancellation);
    }

    public Task DeleteAsync(UserRef user, CancellationToken cancellation) =>
        changes.RunAsync(caller: null, LockScope.OfUser(user.Key), async change =>
        {
            await RemoveAsync(change.Session, user.Key);
            var person = await people.ByKeyAsync(change.Session, user.Key);
            if (person?.AvatarUrl is null)
                return;
            await people.SetAvatarAsync(change.Session, user.Key, null);
            await me.RaiseAsync(change, user);
        }, cancellation);

    /// <summary>The picture, or null where there is none of this id (any more).</summary>
    public Task<byte[]?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            session => session.ScalarAsync<byte[]>("SELECT content FROM avatars WHERE avatar_id = @id", new { id }), cancellation);

    private static Task<string?> PrefixAsync(DbSession session) =>
        session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = @name", new { name = PrefixName });

    private async Task<bool> StorePrefixAsync(DbSession session)
    {
        var row = new { name = PrefixName, value = Prefix };
        if (await session.ExecuteAsync("UPDATE server_state SET value = @value WHERE name = @name", row) == 0)
            await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES (@name, @value)", row);
        return true;
    }

    /// <returns>The key after which there may be more; null when there is none.</returns>
    private async Task<long?> RebaseSomeAsync(DbSession session, long after)
    {
        var users = await session.ListAsync<long>(_owners, new { after, take = RebaseStep });
        if (users.Count == 0)
            return null;
        await session.ExecuteAsync(
            """
            UPDATE users SET avatar_url = CONCAT(@prefix, (SELECT a.avatar_id FROM avatars a WHERE a.user_key = users.user_key))
            WHERE user_key > @after AND user_key <= @last
              AND EXISTS (SELECT 1 FROM avatars a WHERE a.user_key = users.user_key AND users.avatar_url LIKE CONCAT('%', @path, a.avatar_id))
            """,
            new { prefix = Prefix, path = Path, after, last = users[^1] });
        return users[^1];
    }

    internal static Task RemoveAsync(DbSession session, long user) =>
        session.ExecuteAsync("DELETE FROM avatars WHERE user_key = @user", new { user });
}
