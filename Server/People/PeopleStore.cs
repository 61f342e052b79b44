using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>The SQL of users.</summary>
public sealed class PeopleStore
{
    private const string Columns = """
        user_key, user_id, username, display_name, bio, avatar_url, birth_date, is_verified, messaging_policy,
        send_seen_receipts, show_presence, follower_count, following_count, removed_at
        """;

    public Task<PersonRow?> ByKeyAsync(DbSession session, long key) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE user_key = @key", new { key });

    public Task<PersonRow?> ByIdAsync(DbSession session, string id) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE user_id = @id", new { id });

    public Task<PersonRow?> ByUsernameAsync(DbSession session, string username) =>
        session.FirstAsync<PersonRow>($"SELECT {Columns} FROM users WHERE username = @username", new { username });

    /// <summary>Adds the user with an empty inbox; answers the key.</summary>
    public async Task<long> InsertAsync(DbSession session, PersonRow person, long now)
    {
        await session.ExecuteAsync(
            """
            INSERT INTO users (user_id, username, display_name, birth_date, created_at)
            VALUES (@UserId, @Username, @DisplayName, @BirthDate, @now)
            """,
            new { person.UserId, person.Username, person.DisplayName, person.BirthDate, now });
        var key = await session.ScalarAsync<long>("SELECT user_key FROM users WHERE user_id = @UserId", new { person.UserId });
        await session.ExecuteAsync("INSERT INTO inboxes (user_key) VALUES (@key)", new { key });
        return key;
    }

    public Task UpdateProfileAsync(DbSession session, long key, string displayName, string? bio) =>
        session.ExecuteAsync(
            "UPDATE users SET display_name = @displayName, bio = @bio WHERE user_key = @key", new { key, displayName, bio });
}
