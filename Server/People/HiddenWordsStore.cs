using System.Text.Json;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>The words that users hide requests by.</summary>
public sealed class HiddenWordsStore
{
    public async Task<IReadOnlyList<string>> ReadAsync(DbSession session, long user) =>
        Parse(await session.ScalarAsync<string>("SELECT words FROM hidden_words WHERE user_key = @user", new { user }));

    public async Task WriteAsync(DbSession session, long user, IReadOnlyList<string> words)
    {
        await session.ExecuteAsync("DELETE FROM hidden_words WHERE user_key = @user", new { user });
        if (words.Count > 0)
        {
            await session.ExecuteAsync(
                "INSERT INTO hidden_words (user_key, words) VALUES (@user, @words)", new { user, words = JsonSerializer.Serialize(words) });
        }
    }

    /// <param name="stored">The column; null for no row.</param>
    public static IReadOnlyList<string> Parse(string? stored) =>
        stored is null ? [] : JsonSerializer.Deserialize<List<string>>(stored) ?? [];
}
