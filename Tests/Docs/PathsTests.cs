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
        var pages = Directory.GetFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories);
        var named = pages.SelectMany(page => Named().Matches(File.ReadAllText(page)).Select(match => (Path.GetFileName(page), match.Groups[1].Value))).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(Exists(Repository.File(path.Value)), $"{path}"));
    }

    // A test may be named by its class.
    private static bool Exists(string path) => Directory.Exists(path) || File.Exists(path) || File.Exists($"{path}.cs");

    [GeneratedRegex("`((?:Benchmarks|Client|Client.Console|Contracts|Server|Tests|deploy)/[^` …]*)`")]
    private static partial Regex Named();
}
