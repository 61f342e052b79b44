using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChatHub.Tests.Client;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Web;
using Xunit;

namespace ChatHub.Tests.Packages;

/// <summary>The SDK as others get it: as packages, without the ASP.NET Core framework, in a console program and in a browser; and the server, to embed.</summary>
public sealed partial class PackageTests(PackedSdk sdk, WebBrowser browser) : IClassFixture<PackedSdk>, IClassFixture<WebBrowser>
{
    [Fact]
    public void Packages_carry_license_readme_and_repository_data_and_only_the_server_needs_a_framework()
    {
        foreach (var file in Directory.GetFiles(sdk.Feed, "*.nupkg"))
        {
            var isServer = Path.GetFileName(file).StartsWith("ChatHub.Server.", StringComparison.Ordinal);
            using var package = ZipFile.OpenRead(file);
            using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            var nuspec = XDocument.Load(stream).Root!;
            var names = nuspec.Descendants().Select(element => element.Name.LocalName).ToHashSet();

            Assert.Equal(isServer, names.Contains("frameworkReferences"));
            Assert.Superset(new HashSet<string> { "license", "readme", "description", "authors", "tags" }, names);
            Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
            // No settings and no files of the program's beside the library.
            Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("content", StringComparison.Ordinal));
            Assert.Contains(package.Entries, entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal) && entry.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal));
        }

        Assert.Equal(3, Directory.GetFiles(sdk.Feed, "*.snupkg").Length);
    }

    [Fact]
    public async Task Console_program_without_the_framework_sends_and_receives()
    {
        var (published, _) = await sdk.PublishAsync("Console");
        await using var server = await StubServer.StartAsync(TestTimeouts.Token);

        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(published, "Console.dll"), $"{server.Address}", StubServer.GoodToken]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestTimeouts.Token).SoonAsync();

        Assert.Equal("alice received: Hello yourself\n", output);
        Assert.DoesNotContain("Microsoft.AspNetCore.App", await File.ReadAllTextAsync(Path.Combine(published, "Console.runtimeconfig.json"), TestTimeouts.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_examples_and_the_embedding_compile_against_the_packages()
    {
        var embedding = ReadmeExample().Match(await File.ReadAllTextAsync(Repository.File("Server/README.md"), TestTimeouts.Token)).Groups[1].Value;
        Assert.Contains(embedding.Split('\n').First(line => line.Contains("MapChatHub", StringComparison.Ordinal)), await File.ReadAllTextAsync(Repository.File("docs/integration.md"), TestTimeouts.Token), StringComparison.Ordinal);
        var examples = ReadmeExample().Matches(await File.ReadAllTextAsync(Repository.File("Client/README.md"), TestTimeouts.Token)).Select(match => match.Groups[1].Value).ToList();
        var snippets = examples.Skip(1).Select((example, i) =>
            $"public static async Task Example{i}(ChatHubMessenger chat, string conversationId, CancellationToken token) {{ {example} await Task.CompletedTask; }}");

        await sdk.PublishAsync("Readme",
            ("Program.cs", examples[0]),
            ("Snippets.cs", $"using ChatHub.Client; using ChatHub.Contracts; static class Snippets {{ {string.Join('\n', snippets)} static void Show(params object[] _) {{ }} }}"),
            ("Embedding.cs", $"{embedding.Replace("using ChatHub.Server;", "using ChatHub.Server; static class Embedding { public static void Run(string[] args) {", StringComparison.Ordinal)} }} }}"));

        Assert.InRange(examples.Count, 4, int.MaxValue);
    }

    [Fact]
    public async Task Blazor_program_trimmed_in_a_browser_renews_its_token_sends_and_receives()
    {
        var (published, log) = await sdk.PublishAsync("Browser");
        Assert.DoesNotContain("Assembly 'ChatHub", log, StringComparison.Ordinal);
        await using var server = await StubServer.StartAsync(TestTimeouts.Token, Path.Combine(published, "wwwroot"));
        await using var context = await browser.NewContextWithoutInboxAsync();
        var page = await context.NewPageAsync();
        var console = new OutputLog();
        page.Console += (_, message) => console.Add(message.Text);
        await page.GotoAsync(server.Address.AbsoluteUri);

        Assert.Equal("MessagePack: alice received: Hello yourself", await ResultAsync(server, console));
        Assert.Equal("Json: alice received: Hello yourself", await ResultAsync(server, console));

        // A browser can set no header on a WebSocket.
        Assert.Equal(($"?access_token={StubServer.GoodToken}", ""), await server.Log.FirstConnection.Task);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ReadmeExample();

    /// <summary>What the page posts next; a browser on a busy machine takes its time.</summary>
    private static async Task<string> ResultAsync(StubServer server, OutputLog console)
    {
        try
        {
            return await server.Posted.NextAsync(TimeSpan.FromMinutes(2));
        }
        catch (OperationCanceledException) when (!TestTimeouts.Token.IsCancellationRequested)
        {
            throw new TimeoutException($"The page posted no result. The page's console:\n{console.Text}");
        }
    }
}
