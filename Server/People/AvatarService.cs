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

    /// <summary>Makes stored urls begin with the path under which the server is mounted now. They are given out as they are stored.</summary>
    public Task RebaseAsync(CancellationToken cancellation) => database.WriteAsync(
        async session =>
        {
            // Names that differ in more than case: parameters of SQL Server do not.
            const string name = "avatar_prefix";
            var before = await session.ScalarAsync<string>("SELECT value FROM server_state WHERE name = @name", new { name }) ?? Path;
            if (before == Prefix)
                return 0;
            await session.ExecuteAsync("DELETE FROM server_state WHERE name = @name", new { name });
            await session.ExecuteAsync("INSERT INTO server_state (name, value) VALUES (@name, @after)", new { name, after = Prefix });
            return await session.ExecuteAsync(
                """
                UPDATE users SET avatar_url = CONCAT(@after, (SELECT a.avatar_id FROM avatars a WHERE a.user_key = users.user_key))
                WHERE EXISTS (SELECT 1 FROM avatars a WHERE a.user_key = users.user_key AND users.avatar_url = CONCAT(@before, a.avatar_id))
                """,
                new { before, after = Prefix });
        },
        committed: null,
        cancellation);

    public Task DeleteAsync(UserRef user, CancellationToken cancellation) =>
        changes.RunAsync(caller: null, LockScope.OfUser(user.Key), async change =>
        {
            var person = await people.ByKeyAsync(change.Session, user.Key);
            if (person?.AvatarUrl is null)
                return;
            await RemoveAsync(change.Session, user.Key);
            await people.SetAvatarAsync(change.Session, user.Key, null);
            await me.RaiseAsync(change, user);
        }, cancellation);

    /// <summary>The picture, or null where there is none of this id (any more).</summary>
    public Task<byte[]?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(
            session => session.ScalarAsync<byte[]>("SELECT content FROM avatars WHERE avatar_id = @id", new { id }), cancellation);

    internal static Task RemoveAsync(DbSession session, long user) =>
        session.ExecuteAsync("DELETE FROM avatars WHERE user_key = @user", new { user });
}
