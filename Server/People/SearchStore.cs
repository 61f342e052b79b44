using System.Globalization;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>
/// Search by the beginnings of words: each word of a name is stored under each of its first 2 to 8 characters, so that
/// any query reads one range, already in the order of usernames, whatever the number of users.
/// </summary>
public sealed class SearchStore(IDatabase database)
{
    private const int LongestPrefix = 8;

    // Longer than any name but one of ligatures that are many letters each.
    private const int LongestWord = 200;

    private readonly string _search = $"""
        SELECT u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified
        FROM (
            SELECT DISTINCT s.username, s.user_key
            FROM search_prefixes s
            WHERE s.prefix = @prefix AND s.username > @after AND s.word LIKE @beginning ESCAPE '\'
              AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = @caller AND b.blocked_key = s.user_key)
            ORDER BY s.username {database.Dialect.Take}
        ) found
        JOIN users u ON u.user_key = found.user_key
        ORDER BY found.username
        """;

    /// <summary>Replaces the words under which a user is found.</summary>
    public async Task IndexAsync(DbSession session, long userKey, string username, string displayName)
    {
        await session.ExecuteAsync("DELETE FROM search_prefixes WHERE user_key = @userKey", new { userKey });
        foreach (var word in Words(displayName).Append(Fold(username)).Distinct())
        {
            foreach (var prefix in Prefixes(word))
            {
                await session.ExecuteAsync(
                    "INSERT INTO search_prefixes (prefix, username, word, user_key) VALUES (@prefix, @username, @word, @userKey)",
                    new { prefix, username, word, userKey });
            }
        }
    }

    /// <param name="session">A snapshot.</param>
    /// <param name="caller">Whose blocked people are left out.</param>
    /// <param name="query">As typed, trimmed.</param>
    /// <param name="after">The last username of the page before, or "".</param>
    /// <param name="take">At most so many.</param>
    public async Task<IReadOnlyList<PersonRow>> FindAsync(DbSession session, long caller, string query, string after, int take)
    {
        var word = Cut(Fold(query));
        var prefix = Prefixes(word).LastOrDefault();
        return prefix is null
            ? []
            : await session.ListAsync<PersonRow>(_search, new { prefix, after, beginning = Beginning(word), caller, take });
    }

    private static IEnumerable<string> Words(string displayName)
    {
        var folded = Fold(displayName);
        // A word's beginning also finds what follows it: "anna ma" finds Anna Maria.
        return Enumerable.Range(0, folded.Length)
            .Where(i => folded[i] != ' ' && (i == 0 || folded[i - 1] == ' '))
            .Select(i => Cut(folded[i..]));
    }

    // Never half of a surrogate pair, nor with a space at the end, which SQL Server does not see.
    private static IEnumerable<string> Prefixes(string word) =>
        Enumerable.Range(Limits.QueryMin, LongestPrefix - Limits.QueryMin + 1)
            .Where(length => length <= word.Length && !char.IsHighSurrogate(word[length - 1]) && word[length - 1] != ' ')
            .Select(length => word[..length]);

    private static string Cut(string word) => word.Length <= LongestWord ? word : word[..LongestWord].TrimEnd();

    private static string Beginning(string word) =>
        string.Concat(word.Select(c => c is '\\' or '%' or '_' or '[' ? $"\\{c}" : $"{c}")) + '%';

    /// <summary>Without case, accents and compatibility forms; runs of spaces as one.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsWhiteSpace(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    folded.Append(' ');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString().TrimEnd();
    }
}
