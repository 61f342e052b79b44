using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>The SQL of users.</summary>
public sealed class PeopleStore(IDatabase database)
{
    private const string Columns = """
        user_key, user_id, username, display_name, bio, avatar_url, birth_date, is_verified, messaging_policy,
        send_seen_receipts, show_presence, min_age_days, push_content, follower_count, following_count, joined_at, removed_at, is_moderator
        """;

    private readonly string _page =
        $"SELECT {Columns} FROM users WHERE user_key > @after AND removed_at IS NULL ORDER BY user_key {database.Dialect.Take}";

    /// <summary>Whether there is a user, or was one: who is erased keeps a row.</summary>
    public async Task<bool> AnyAsync(DbSession session) => await session.ScalarAsync<long?>("SELECT MAX(user_key) FROM users") is not null;

    public Task<PersonRow?> ByKeyAsync(DbSession session, long key) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE user_key = @key", new { key });

    public Task<PersonRow?> ByIdAsync(DbSession session, string id) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE user_id = @id", new { id });

    /// <param name="session">A snapshot or transaction.</param>
    /// <param name="key">Of <see cref="Usernames.TryKey"/>.</param>
    public Task<PersonRow?> ByUsernameAsync(DbSession session, string key) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE username_key = @key", new { key });

    /// <summary>The user of a token, with what a token's holder has to be checked for, in one statement.</summary>
    public async Task<TokenUserRow?> ByTokenAsync(DbSession session, string id, string? sessionId, long now) =>
        await session.FirstAsync<TokenUserRow>(
            $"""
            SELECT {Columns}, signed_out_at, (
                SELECT COUNT(*) FROM sessions s WHERE s.session_id = @sessionId AND s.user_key = users.user_key AND s.expires_at > @now) AS has_session
            FROM users WHERE user_id = @id
            """,
            new { id, sessionId, now }) is { } person
        && person.UserId == id ? person : null;

    /// <summary>The users after this key, who are not removed, in the order of keys.</summary>
    public Task<List<PersonRow>> PageAsync(DbSession session, long after, int take) =>
        session.ListAsync<PersonRow>(_page, new { after, take });

    /// <summary>Adds the user with an empty inbox; answers the key.</summary>
    public async Task<long> InsertAsync(DbSession session, PersonRow person, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO users (user_id, username, username_key, display_name, birth_date, created_at, joined_at)
            VALUES (@UserId, @Username, @key, @DisplayName, @BirthDate, @now, @JoinedAt)
            """,
            new
            {
                person.UserId,
                person.Username,
                key = Usernames.TryKey(person.Username),
                person.DisplayName,
                person.BirthDate,
                now,
                person.JoinedAt,
            });
        var key = await session.ScalarAsync<long>("SELECT user_key FROM users WHERE user_id = @UserId", new { person.UserId });
        await session.ExecuteAsync("INSERT INTO inboxes (user_key) VALUES (@key)", new { key });
        return key;
    }

    public Task UpdateProfileAsync(DbSession session, long key, string displayName, string? bio) =>
        session.ExecuteAsync(
            "UPDATE users SET display_name = @displayName, bio = @bio WHERE user_key = @key", new { key, displayName, bio });

    public Task UpdateSettingsAsync(DbSession session, long key, Settings settings) =>
        session.ExecuteAsync(
            """
            UPDATE users SET messaging_policy = @policy, send_seen_receipts = @SendSeenReceipts, show_presence = @ShowPresence,
                min_age_days = @MinAccountAgeDays, push_content = @PushContent
            WHERE user_key = @key
            """,
            new { key, policy = settings.MessagingPolicy, settings.SendSeenReceipts, settings.ShowPresence, settings.MinAccountAgeDays, settings.PushContent });

    public Task SetAvatarAsync(DbSession session, long key, string? avatarUrl) =>
        session.ExecuteAsync("UPDATE users SET avatar_url = @avatarUrl WHERE user_key = @key", new { key, avatarUrl });

    public Task SetModeratorAsync(DbSession session, long key, bool isModerator) =>
        session.ExecuteAsync("UPDATE users SET is_moderator = @isModerator WHERE user_key = @key", new { key, isModerator });

    /// <summary>Refuses every token of no session that was issued until now.</summary>
    public Task SignOutAsync(DbSession session, long key, long now) =>
        session.ExecuteAsync("UPDATE users SET signed_out_at = @now WHERE user_key = @key", new { key, now });

    /// <summary>Frees a user's name within a transaction that gives them another. The space makes it no name's key.</summary>
    public Task ParkUsernameAsync(DbSession session, long key) =>
        session.ExecuteAsync("UPDATE users SET username_key = @parked WHERE user_key = @key", new { key, parked = $"parked {key}" });

    /// <summary>All that a host's directory knows of a user.</summary>
    public Task UpdateFromDirectoryAsync(DbSession session, PersonRow person) =>
        session.ExecuteAsync(
            """
            UPDATE users
            SET username = @Username, username_key = @key, display_name = @DisplayName, bio = @Bio, avatar_url = @AvatarUrl,
                birth_date = @BirthDate, joined_at = @JoinedAt, is_verified = @IsVerified
            WHERE user_key = @UserKey
            """,
            new
            {
                person.UserKey,
                person.Username,
                key = Usernames.TryKey(person.Username),
                person.DisplayName,
                person.Bio,
                person.AvatarUrl,
                person.BirthDate,
                person.JoinedAt,
                person.IsVerified,
            });
}
