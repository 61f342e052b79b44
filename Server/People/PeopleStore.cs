using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>The SQL of users.</summary>
public sealed class PeopleStore
{
    private const string Columns = """
        user_key, user_id, username, display_name, bio, avatar_url, birth_date, is_verified, messaging_policy,
        send_seen_receipts, show_presence, min_age_days, push_content, follower_count, following_count, joined_at, removed_at
        """;

    public Task<PersonRow?> ByKeyAsync(DbSession session, long key) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE user_key = @key", new { key });

    // SQL Server does not see spaces at the end of what it compares: a name with some is not the name.
    public async Task<PersonRow?> ByIdAsync(DbSession session, string id) =>
        await session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE user_id = @id", new { id }) is { } person
        && person.UserId == id ? person : null;

    public async Task<PersonRow?> ByUsernameAsync(DbSession session, string username) =>
        await session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE username = @username", new { username }) is { } person
        && person.Username == username ? person : null;

    /// <summary>Adds the user with an empty inbox; answers the key.</summary>
    public async Task<long> InsertAsync(DbSession session, PersonRow person, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO users (user_id, username, display_name, birth_date, created_at, joined_at)
            VALUES (@UserId, @Username, @DisplayName, @BirthDate, @now, @JoinedAt)
            """,
            new { person.UserId, person.Username, person.DisplayName, person.BirthDate, now, person.JoinedAt });
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

    /// <summary>All that a host's directory knows of a user.</summary>
    public Task UpdateFromDirectoryAsync(DbSession session, PersonRow person) =>
        session.ExecuteAsync(
            """
            UPDATE users
            SET username = @Username, display_name = @DisplayName, bio = @Bio, avatar_url = @AvatarUrl,
                birth_date = @BirthDate, joined_at = @JoinedAt, is_verified = @IsVerified
            WHERE user_key = @UserKey
            """,
            new
            {
                person.UserKey,
                person.Username,
                person.DisplayName,
                person.Bio,
                person.AvatarUrl,
                person.BirthDate,
                person.JoinedAt,
                person.IsVerified,
            });
}
