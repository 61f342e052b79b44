using System.Globalization;
using System.Text;
using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.People;

/// <summary>
/// Search by the beginnings of words: each word of a display name is stored under each of its first 1 to 8 characters, so
/// that any query reads one range, already in the order of usernames, whatever the number of users. A username is found as one word.
/// </summary>
public sealed class SearchStore(IDatabase database)
{
    private const int MaxPrefix = 8;

    // Longer than any name but one of ligatures that are many letters each.
    private const int MaxWord = 200;

    private const string Select = "SELECT u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified";
    private const string Cards = "JOIN users u ON u.user_key = found.user_key ORDER BY found.username";

    private readonly string _byEither = $"{Select} FROM ({Found("name", "", database.Dialect)}) found {Cards}";

    private readonly string _byWordOrUsername = $"""
        {Select}
        FROM (
            SELECT merged.username, merged.user_key
            FROM (
                SELECT by_word.username, by_word.user_key FROM ({Found("word", "AND s.is_word = 1", database.Dialect)}) by_word
                UNION
                SELECT by_name.username, by_name.user_key FROM ({Found("name", "", database.Dialect)}) by_name
            ) merged
            ORDER BY merged.username {database.Dialect.Take}
        ) found
        {Cards}
        """;

    /// <summary>Replaces the words under which a user is found.</summary>
    public async Task IndexAsync(DbSession session, long userKey, string username, string displayName)
    {
        await RemoveAsync(session, userKey);
        var phrases = PhrasesOf(displayName).ToHashSet();
        foreach (var word in phrases.Append(Cut(TextFolding.Fold(username))).Distinct())
        {
            var isWord = phrases.Contains(word);
            foreach (var prefix in PrefixesOf(word))
            {
                await session.ExecuteAsync(
                    "INSERT INTO search_prefixes (prefix, username, word, is_word, user_key) VALUES (@prefix, @username, @word, @isWord, @userKey)",
                    new { prefix, username, word, isWord, userKey });
            }
        }
    }

    /// <summary>Removes the words under which a user is found.</summary>
    public Task RemoveAsync(DbSession session, long userKey) =>
        session.ExecuteAsync("DELETE FROM search_prefixes WHERE user_key = @userKey", new { userKey });

    /// <param name="session">A snapshot.</param>
    /// <param name="caller">Whose blocked people are left out.</param>
    /// <param name="query">As typed, trimmed.</param>
    /// <param name="after">The last username of the page before, or "".</param>
    /// <param name="take">At most so many.</param>
    public async Task<IReadOnlyList<PersonRow>> FindAsync(DbSession session, long caller, string query, string after, int take)
    {
        // The same but where the query holds what separates words and may stand in a username: "jean.l" is the beginning of
        // two words or of one username, and "an_" of the word "an" and not of the username "anna".
        var (words, name) = (Cut(WordsOf(query)), Cut(TextFolding.Fold(query)));
        var (wordPrefix, namePrefix) = (LongestPrefixOf(words), LongestPrefixOf(name));
        if (wordPrefix.Length + namePrefix.Length == 0)
            return [];
        return await session.ListAsync<PersonRow>(
            words == name ? _byEither : _byWordOrUsername,
            new { after, caller, take, wordPrefix, wordPattern = PatternOf(words), namePrefix, namePattern = PatternOf(name) });
    }

    private static string Found(string by, string only, Dialect dialect) => $"""
        SELECT DISTINCT s.username, s.user_key
        FROM search_prefixes s
        WHERE s.prefix = @{by}Prefix AND s.username > @after AND s.word LIKE @{by}Pattern ESCAPE '\' {only}
          AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = @caller AND b.blocked_key = s.user_key)
        ORDER BY s.username {dialect.Take}
        """;

    /// <summary>A word's beginning also finds what follows it: "anna ma" finds Anna Maria.</summary>
    private static IEnumerable<string> PhrasesOf(string displayName)
    {
        var words = WordsOf(displayName);
        return Enumerable.Range(0, words.Length)
            .Where(i => words[i] != ' ' && (i == 0 || words[i - 1] == ' '))
            .Select(i => Cut(words[i..]));
    }

    /// <summary>Split at whatever is no letter or digit, and joined by one space each.</summary>
    private static string WordsOf(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var rune in TextFolding.Fold(text).EnumerateRunes())
        {
            // A vowel sign that takes a place of its own (Devanagari, Tamil …) is part of its word.
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
                words.Append(rune);
            else if (words.Length > 0 && words[^1] != ' ')
                words.Append(' ');
        }

        return words.ToString().TrimEnd();
    }

    private static string LongestPrefixOf(string word) => PrefixesOf(word).LastOrDefault() ?? "";

    // Never half of a surrogate pair, nor with a space at the end, which SQL Server does not see.
    private static IEnumerable<string> PrefixesOf(string word) =>
        Enumerable.Range(1, MaxPrefix)
            .Where(length => length <= word.Length && !char.IsHighSurrogate(word[length - 1]) && word[length - 1] != ' ')
            .Select(length => word[..length]);

    private static string Cut(string word)
    {
        if (word.Length <= MaxWord)
            return word;
        return word[..(char.IsHighSurrogate(word[MaxWord - 1]) ? MaxWord - 1 : MaxWord)].TrimEnd();
    }

    private static string PatternOf(string word) =>
        string.Concat(word.Select(c => c is '\\' or '%' or '_' or '[' ? $"\\{c}" : $"{c}")) + '%';
}
