using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>Code and docs use the words of docs/glossary.md.</summary>
public sealed class VocabularyTests
{
    private static readonly string[] Places =
        ["Server", "Client", "Client.Console", "Client.Web", "Contracts", "Benchmarks", "Tests", "samples", "docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];

    private static readonly string[] Extensions = [".cs", ".md", ".mjs", ".ts", ".tsx", ".sql"];
    private static readonly string[] Skipped = ["bin", "obj", "dist", "node_modules", "wwwroot", "TestResults"];

    [Fact]
    public void Files_hold_no_banned_word()
    {
        var banned = BannedWords.Read();
        // A list that lost its words would find nothing.
        Assert.Single(banned.In("It was told."));
        var found = Files()
            .Where(file => !banned.Pending.Any(pending => IsIn(file, pending)))
            .SelectMany(file => File.ReadLines(Repository.File(file)).SelectMany((line, i) => banned.In(line).Select(word => $"{file}:{i + 1}: {word}")))
            .ToList();

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("TellNobodyAsync", 2)]
    [InlineData("_told", 1)]
    [InlineData("They Hear it.", 1)]
    [InlineData("A_request_is_heard", 1)]
    [InlineData("MessagingPolicy.Nobody", 0)]
    [InlineData("It stays for   good", 0)]
    [InlineData("It stays for good.", 1)]
    [InlineData("new Ears()", 1)]
    [InlineData("all ears", 0)]
    [InlineData("hearing, clear, tellurium, UserId", 0)]
    public void Line_is_searched_by_words_names_and_phrases(string line, int count)
    {
        string[] list = ["# a comment", "", "word tell -> publish", "word told -> published", "word nobody -> no user", "word hear -> receive",
            "word heard -> received", "phrase for good -> permanently", "name Ears -> EventComparison", "allow MessagingPolicy.Nobody"];

        Assert.Equal(count, BannedWords.Parse(list).In(line).Count());
    }

    private static bool IsIn(string file, string place) => file == place || file.StartsWith($"{place}/", StringComparison.Ordinal);

    private static IEnumerable<string> Files() =>
        from place in Places
        let path = Repository.File(place)
        from file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path]
        where Extensions.Contains(System.IO.Path.GetExtension(file))
        let name = System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !name.Split('/').Any(Skipped.Contains) && name != "Tests/Docs/VocabularyTests.cs"
        select name;
}
