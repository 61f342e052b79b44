using ChatHub.Contracts;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People.Accounts;

/// <summary>
/// Signed-in devices. A session lasts 30 days without use and 180 days in all. Whatever ends it closes its connections on
/// all instances, and its access tokens are refused from then on.
/// </summary>
public sealed class SessionService(
    IDatabase database, PeopleStore people, SessionStore store, SessionConnections connections, TimeProvider time)
{
    /// <summary>The clocks of who issued a token and of who reads it may differ by so much.</summary>
    public static readonly TimeSpan TokenGrace = TimeSpan.FromSeconds(60);

    private const int MaxPerUser = 100;
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(180);

    // Two tabs may refresh at once with the same cookie: the second one is no thief.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>What a refresh came to.</summary>
    /// <param name="Session">Null where the cookie is not good.</param>
    /// <param name="Stolen">The id of a session that the cookie ended.</param>
    private sealed record Refreshed(SignedIn? Session, string? Stolen = null);

    /// <summary>Signs in. Beyond 100 sessions of a user the one that was not used for longest ends.</summary>
    public async Task<SignedIn> StartAsync(PersonRow person, SessionOrigin origin, CancellationToken cancellation)
    {
        var (started, ended) = await database.WriteAsync(LockScope.OfUser(person.UserKey), Start, committed: null, cancellation);
        Close(person.UserId, ended);
        return started;

        async Task<(SignedIn, List<string>)> Start(DbSession session)
        {
            var now = time.GetUtcNow();
            var surplus = (await store.OfUserAsync(session, person.UserKey, Ms(now))).Skip(MaxPerUser - 1).Select(row => row.SessionId).ToList();
            foreach (var id in surplus)
                await store.DeleteAsync(session, person.UserKey, id);
            return (await BeginAsync(session, person, origin, lifetime: null, now), surplus);
        }
    }

    /// <param name="session">A transaction.</param>
    /// <param name="person">Whose.</param>
    /// <param name="origin">Where from.</param>
    /// <param name="lifetime">Given for a session without a cookie, that of its one token.</param>
    /// <param name="now">When.</param>
    internal async Task<SignedIn> BeginAsync(DbSession session, PersonRow person, SessionOrigin origin, TimeSpan? lifetime, DateTimeOffset now)
    {
        var cookie = RefreshCookie.New();
        var endsAt = now + (lifetime ?? MaxLifetime);
        var row = new SessionRow
        {
            SessionId = Guid.NewGuid().ToString("N"),
            UserKey = person.UserKey,
            FamilyHash = cookie.FamilyHash,
            TokenHash = cookie.TokenHash,
            Device = origin.Device,
            Address = origin.Address,
            BegunAt = Ms(now),
            UsedAt = Ms(now),
            // A token is good for a little longer than it says, and refused once its session is gone.
            ExpiresAt = Ms(lifetime is null ? now + IdleLifetime : endsAt + TokenGrace),
            EndsAt = Ms(endsAt),
        };
        await store.InsertAsync(session, row);
        return SignedIn(person, row, lifetime is null ? cookie.ToString() : null);
    }

    /// <summary>A new access token for the refresh cookie. Throws unauthenticated.</summary>
    public async Task<SignedIn> RefreshAsync(string cookie, SessionOrigin origin, CancellationToken cancellation)
    {
        // What is unknown costs a read and never a turn of the writer.
        if (RefreshCookie.TryParse(cookie) is not { } presented || await FindAsync(presented, cancellation) is not { } known)
            throw Errors.Unauthenticated();
        var next = presented.Next();
        var refreshed = await database.WriteAsync(
            LockScope.OfUser(known.User.Key), session => RefreshAsync(session, presented, next, origin), committed: null, cancellation);
        if (refreshed.Stolen is { } stolen)
            connections.Close(known.User.Id, stolen);
        return refreshed.Session ?? throw Errors.Unauthenticated();
    }

    /// <summary>Signs out; a cookie that is unknown is signed out already.</summary>
    public async Task EndAsync(string cookie, CancellationToken cancellation)
    {
        if (RefreshCookie.TryParse(cookie) is { } presented && await FindAsync(presented, cancellation) is { } known)
            await EndAsync(known.User, known.SessionId, cancellation);
    }

    /// <summary>Ends one of the user's sessions; an id that is none of theirs has ended already.</summary>
    public async Task EndAsync(UserRef user, string sessionId, CancellationToken cancellation)
    {
        if (await database.WriteAsync(
            LockScope.OfUser(user.Key), session => store.DeleteAsync(session, user.Key, sessionId), committed: null, cancellation))
            connections.Close(user.Id, sessionId);
    }

    public async Task<Page<SessionInfo>> ListAsync(UserRef user, string? current, CancellationToken cancellation)
    {
        var now = Ms(time.GetUtcNow());
        var rows = await database.ReadAsync(session => store.OfUserAsync(session, user.Key, now), cancellation);
        return new() { Items = [.. rows.Select(row => row.ToContract(current))] };
    }

    /// <summary>Ends all of the user's sessions but this one.</summary>
    public async Task EndOthersAsync(UserRef user, string? current, CancellationToken cancellation) =>
        Close(user.Id, await database.WriteAsync(
            LockScope.OfUser(user.Key), session => EndOthersAsync(session, user, current), committed: null, cancellation));

    /// <summary>The same within a transaction that also does something else; its caller closes the connections.</summary>
    internal async Task<List<string>> EndOthersAsync(DbSession session, UserRef user, string? current)
    {
        var others = (await store.OfUserAsync(session, user.Key, Ms(time.GetUtcNow())))
            .Select(row => row.SessionId).Where(id => id != current).ToList();
        foreach (var id in others)
            await store.DeleteAsync(session, user.Key, id);
        return others;
    }

    /// <summary>Ends everything that lets the user in now: sessions, connections, and tokens of no session that were issued until now.</summary>
    public async Task EndAllAsync(string userId, CancellationToken cancellation)
    {
        while (await database.WriteAsync(LockScope.OfUser(userId), DeleteSome, committed: null, cancellation))
        {
            // Another step.
        }

        connections.CloseAll(userId);

        async Task<bool> DeleteSome(DbSession session)
        {
            var user = await UserLookup.FindAsync(session, userId) ?? throw Errors.UserNotFound();
            var isSomeLeft = await store.DeleteSomeAsync(session, user.Key);
            if (!isSomeLeft)
                await people.SignOutAsync(session, user.Key, Ms(time.GetUtcNow()));
            return isSomeLeft;
        }
    }

    internal void Close(string userId, IEnumerable<string> sessionIds)
    {
        foreach (var id in sessionIds)
            connections.Close(userId, id);
    }

    /// <summary>Forgets what has run out.</summary>
    public async Task PruneAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        while (await database.WriteAsync(LockScope.None, session => store.PruneAsync(session, Ms(now), Ms(now - Grace)), null, cancellation))
        {
            // Another step.
        }
    }

    private Task<(UserRef User, string SessionId)?> FindAsync(RefreshCookie presented, CancellationToken cancellation)
    {
        return database.ReadAsync(Find, cancellation);

        async Task<(UserRef, string)?> Find(DbSession session) =>
            await store.ByFamilyAsync(session, presented.FamilyHash, Ms(time.GetUtcNow())) is { } row
            && await people.ByKeyAsync(session, row.UserKey) is { IsRemoved: false } person
                ? (person.Ref, row.SessionId) : null;
    }

    private async Task<Refreshed> RefreshAsync(DbSession session, RefreshCookie presented, RefreshCookie next, SessionOrigin origin)
    {
        var now = time.GetUtcNow();
        if (await store.ByFamilyAsync(session, presented.FamilyHash, Ms(now)) is not { } row
            || await people.ByKeyAsync(session, row.UserKey) is not { IsRemoved: false } person)
            return new(null);
        if (row.TokenHash != presented.TokenHash)
        {
            if (await store.WasReplacedSinceAsync(session, row.SessionKey, presented.TokenHash, Ms(now - Grace)))
                return new(SignedIn(person, row, cookie: null));
            await store.DeleteAsync(session, row.UserKey, row.SessionId);
            return new(null, Stolen: row.SessionId);
        }

        var rotated = row with
        {
            TokenHash = next.TokenHash,
            Address = origin.Address,
            UsedAt = Ms(now),
            ExpiresAt = Math.Min(Ms(now + IdleLifetime), row.EndsAt),
        };
        await store.RotateAsync(session, row, rotated);
        return new(SignedIn(person, rotated, next.ToString()));
    }

    private static SignedIn SignedIn(PersonRow person, SessionRow row, string? cookie) => new(
        person, row.SessionId, Math.Min(row.EndsAt, row.ExpiresAt).ToInstant(), cookie, row.ExpiresAt.ToInstant());

    private static long Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}
