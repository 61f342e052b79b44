using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>The table of methods in Tests/README.md: one row for each, with files that call it.</summary>
public sealed partial class TestIndexTests
{
    private static readonly Dictionary<string, string[]> Index = Row().Matches(File.ReadAllText(Repository.File("Tests", "README.md")))
        .SelectMany(row => Quoted().Matches(row.Groups[1].Value).Select(method => (Method: method.Groups[1].Value, Files: Quoted().Matches(row.Groups[2].Value))))
        .ToDictionary(row => row.Method, row => row.Files.Select(file => file.Groups[1].Value).ToArray(), StringComparer.Ordinal);

    // How tests call a method: by itself, or by the short form that most of them use.
    private static readonly Dictionary<string, string> ShortForms = Short().Matches(File.ReadAllText(Repository.File("Tests", "Infrastructure", "UserActions.cs")))
        .GroupBy(call => call.Groups[2].Value, StringComparer.Ordinal).ToDictionary(calls => calls.Key, calls => calls.First().Groups[1].Value, StringComparer.Ordinal);

    public static TheoryData<string> Methods => [.. typeof(IChatHub).GetMethods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_is_listed_with_files_that_call_it(string method)
    {
        Assert.True(Index.TryGetValue(method, out var files), $"{method} has no row");
        var calls = ShortForms.TryGetValue(method, out var shortForm) ? $@"\b({method}|{shortForm})\b" : $@"\b{method}\b";
        Assert.All(files, file => Assert.Matches(calls, File.ReadAllText(Repository.File($"{file}.cs"))));
    }

    [GeneratedRegex(@"^\| ((?:`\w+`(?:, )?)+) \| ((?:`Tests/[\w/]+`(?:, )?)+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(\w+Async)\([^)]*\)\s*=>\s*(?:\(await )?\w+\.Hub\.(\w+)\(")]
    private static partial Regex Short();
}
