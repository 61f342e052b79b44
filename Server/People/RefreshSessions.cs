using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>
/// Signed-in browsers: a random token in a cookie, of which only the hash is kept. Each use replaces it; a token that was
/// replaced before is a copy in the wrong hands, and ends the session.
/// </summary>
public sealed class RefreshSessions(IDatabase database, PeopleStore people, TimeProvider time)
{
    /// <summary>How long a browser stays signed in without being used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    // Two tabs may refresh at once with the same cookie: the second one is no thief.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private const int TokenBytes = 32;
    private const int PruneStep = 1_000;

    private readonly string _prune = database.Dialect.DeleteSome("refresh_sessions", "session_key", "expires_at <= @now");

    private sealed record Row
    {
        public long SessionKey { get; init; }
        public long UserKey { get; init; }
        public string TokenHash { get; init; } = "";
        public long RotatedAt { get; init; }
    }

    /// <returns>The cookie's value.</returns>
    public async Task<string> StartAsync(long user, CancellationToken cancellation)
    {
        var token = NewToken();
        var now = time.GetUtcNow();
        await database.WriteAsync(
            LockScope.None,
            session => session.ExecuteAsync(
                """
                INSERT INTO refresh_sessions (user_key, token_hash, rotated_at, expires_at)
                VALUES (@user, @hash, @now, @expires)
                """,
                new { user, hash = Hash(token), now = now.ToUnixTimeMilliseconds(), expires = (now + Lifetime).ToUnixTimeMilliseconds() }),
            committed: null,
            cancellation);
        return token;
    }

    /// <returns>Who it is, and the cookie's next value: null where the one in use is to be kept. Throws unauthenticated.</returns>
    public async Task<(PersonRow Person, string? Token)> RotateAsync(string token, CancellationToken cancellation)
    {
        var next = NewToken();
        var result = await database.WriteAsync(
            LockScope.None, session => RotateAsync(session, Hash(token), Hash(next)), committed: null, cancellation);
        return result is (var person, var rotated) ? (person, rotated ? next : null) : throw Errors.Unauthenticated();
    }

    /// <summary>Signs out; a token that is unknown is signed out already.</summary>
    public Task EndAsync(string token, CancellationToken cancellation) =>
        database.WriteAsync(
            LockScope.None,
            session => session.ExecuteAsync(
                "DELETE FROM refresh_sessions WHERE token_hash = @hash OR previous_hash = @hash", new { hash = Hash(token) }),
            committed: null,
            cancellation);

    /// <summary>Forgets what has run out.</summary>
    public async Task PruneAsync(CancellationToken cancellation)
    {
        var run = new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), take = PruneStep };
        while (await database.WriteAsync(LockScope.None, session => session.ExecuteAsync(_prune, run), committed: null, cancellation) == PruneStep)
        {
            // Another step.
        }
    }

    private async Task<(PersonRow Person, bool Rotated)?> RotateAsync(DbSession session, string hash, string nextHash)
    {
        var now = time.GetUtcNow();
        var row = await session.FirstAsync<Row>(
            """
            SELECT session_key, user_key, token_hash, rotated_at FROM refresh_sessions
            WHERE (token_hash = @hash OR previous_hash = @hash) AND expires_at > @now
            """,
            new { hash, now = now.ToUnixTimeMilliseconds() });
        if (row is null || await people.ByKeyAsync(session, row.UserKey) is not { IsRemoved: false } person)
            return null;
        if (row.TokenHash == hash)
        {
            var rotated = await session.ExecuteAsync(
                """
                UPDATE refresh_sessions
                SET previous_hash = token_hash, token_hash = @nextHash, rotated_at = @now, expires_at = @expires
                WHERE session_key = @SessionKey AND token_hash = @hash
                """,
                new { row.SessionKey, hash, nextHash, now = now.ToUnixTimeMilliseconds(), expires = (now + Lifetime).ToUnixTimeMilliseconds() });
            // Another call has rotated or ended it since it was read: what it is now decides.
            return rotated > 0 ? (person, true) : await RotateAsync(session, hash, nextHash);
        }

        if (now - DateTimeOffset.FromUnixTimeMilliseconds(row.RotatedAt) <= Grace)
            return (person, false);
        await session.ExecuteAsync("DELETE FROM refresh_sessions WHERE session_key = @SessionKey", new { row.SessionKey });
        return null;
    }

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
