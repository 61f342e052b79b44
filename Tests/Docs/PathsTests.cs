using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Docs;

/// <summary>A page that says which test proves what, or where something is, names what is there.</summary>
public sealed partial class PathsTests
{
    [Fact]
    public void Every_path_that_the_docs_name_exists()
    {
        string[] pages =
        [
            .. Directory.GetFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.GetFiles(Repository.Root, "*.md"),
            Repository.File("Tests", "README.md"),
        ];
        var named = pages.SelectMany(page => Named().Matches(File.ReadAllText(page)).Select(match => (Path.GetFileName(page), match.Groups[1].Value))).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(Exists(Repository.File(path.Value)), $"{path}"));
    }

    /// <summary>A row of architecture.md's tables "file by file": number, files, methods.</summary>
    [Fact]
    public void Methods_that_the_architecture_names_are_in_their_files()
    {
        var rows = FileRow().Matches(File.ReadAllText(Repository.File("docs", "architecture.md")));

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var code = string.Concat(Quoted().Matches(row.Groups[1].Value).Select(file => File.ReadAllText(Repository.File(file.Groups[1].Value))));
            Assert.All(Quoted().Matches(row.Groups[2].Value), method => Assert.Matches($@"\b{method.Groups[1].Value}[(<]", code));
        });
    }

    // A test may be named by its class.
    private static bool Exists(string path) => Directory.Exists(path) || File.Exists(path) || File.Exists($"{path}.cs");

    [GeneratedRegex(@"^\| +\d+ \| (`Server/[^|]*) \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex FileRow();

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("`((?:Benchmarks|Client|Client.Console|Contracts|Server|Tests|deploy|samples)/[^` …<{]*)`")]
    private static partial Regex Named();
}
