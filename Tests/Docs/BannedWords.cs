using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;

namespace ChatHub.Tests.Docs;

/// <summary>The list of words that the project does not use: <c>Tests/Docs/banned-words.txt</c>, whose head explains it.</summary>
internal sealed partial class BannedWords
{
    private readonly Dictionary<string, string> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<(Regex Phrase, string Instead)> _phrases = [];
    private readonly List<string> _allowed = [];
    private readonly List<string> _pending = [];

    private BannedWords()
    {
    }

    /// <summary>The list's own path, which is not held to it.</summary>
    public static string Path { get; } = Repository.File("Tests", "Docs", "banned-words.txt");

    /// <summary>Folders and files that are not held to the list yet, relative to the repository.</summary>
    public IReadOnlyList<string> Pending => _pending;

    public static BannedWords Read() => Parse(File.ReadLines(Path));

    public static BannedWords Parse(IEnumerable<string> lines)
    {
        var list = new BannedWords();
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
            list.Add(line);
        return list;
    }

    /// <summary>Each banned word of a line, with what to write instead.</summary>
    public IEnumerable<string> In(string line)
    {
        line = _allowed.Aggregate(line, (text, allowed) => text.Replace(allowed, "", StringComparison.Ordinal));
        foreach (var name in Identifier().Matches(line).Select(match => match.Value))
        {
            if (_names.TryGetValue(name, out var instead))
                yield return $"{name} -> {instead}";
            foreach (var part in Part().Matches(name).Select(match => match.Value))
            {
                if (_words.TryGetValue(part, out instead))
                    yield return $"{part} -> {instead}";
            }
        }

        foreach (var (phrase, instead) in _phrases.Where(banned => banned.Phrase.IsMatch(line)))
            yield return $"{phrase} -> {instead}";
    }

    private void Add(string line)
    {
        var (kind, rest) = Split(line, " ");
        switch (kind)
        {
            case "allow":
                _allowed.Add(rest);
                return;
            case "pending":
                _pending.Add(rest);
                return;
        }

        var (banned, instead) = Split(rest, " -> ");
        switch (kind)
        {
            case "word":
                _words.Add(banned, instead);
                break;
            case "name":
                _names.Add(banned, instead);
                break;
            case "phrase":
                _phrases.Add((new Regex($@"\b{Regex.Escape(banned)}\b", RegexOptions.IgnoreCase), instead));
                break;
            default:
                throw new FormatException($"What is this line of {Path}? {line}");
        }
    }

    private static (string Before, string After) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at > 0 ? (text[..at], text[(at + separator.Length)..]) : throw new FormatException($"{Path}: \"{text}\" lacks \"{separator}\".");
    }

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]*")]
    private static partial Regex Identifier();

    // The words of camelCase, PascalCase, snake_case and prose.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+")]
    private static partial Regex Part();
}
