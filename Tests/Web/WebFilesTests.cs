using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using ChatHub.Server.Hosting.Web;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>How the server serves the web inbox, and how large it is.</summary>
public sealed partial class WebFilesTests(SharedServer server)
{
    private const int MaxScriptBytes = 100 * 1024;

    [Fact]
    public async Task Page_is_asked_for_again_each_time_and_runs_nothing_inline()
    {
        WebBrowser.RequireFiles();
        var page = await server.HttpAsync("GET", "/", Credentials.None);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.ContentType?.MediaType));
        Assert.Equal("no-cache", page.Header("Cache-Control"));
        var policy = page.Header("Content-Security-Policy")!;
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var again = await server.HttpAsync("GET", "/", Credentials.None with { Headers = [("If-None-Match", page.Header("ETag")!)] });
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
    }

    [Fact]
    public async Task Hashed_files_are_immutable_and_compressed()
    {
        WebBrowser.RequireFiles();
        foreach (var name in Assets("*.js"))
        {
            var plain = await server.HttpAsync("GET", $"/assets/{name}", Credentials.None);
            var packed = await server.HttpAsync("GET", $"/assets/{name}", Credentials.None with { Headers = [("Accept-Encoding", "gzip, br")] });

            Assert.Equal("public, max-age=31536000, immutable", packed.Header("Cache-Control"));
            Assert.Equal("Accept-Encoding", packed.Header("Vary"));
            Assert.NotEqual(plain.Header("ETag"), packed.Header("ETag"));
            using var unpacked = new MemoryStream();
            await using (var brotli = new BrotliStream(new MemoryStream(packed.Content), CompressionMode.Decompress))
                await brotli.CopyToAsync(unpacked, TestTimeouts.Token);
            Assert.Equal(plain.Content, unpacked.ToArray());
        }
    }

    [Fact]
    public async Task First_load_is_within_its_size()
    {
        WebBrowser.RequireFiles();
        var page = System.Text.Encoding.UTF8.GetString((await server.HttpAsync("GET", "/", Credentials.None)).Content);
        var bytes = Script().Matches(page).Sum(match => new FileInfo(Path.Combine(WebBrowser.Files, match.Groups[1].Value + ".br")).Length);

        Assert.InRange(bytes, 1, MaxScriptBytes);
    }

    [Theory]
    [InlineData("/assets/../appsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/index.html.br")]
    [InlineData("/absent")]
    public async Task Nothing_else_is_served(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await server.HttpAsync("GET", path, Credentials.None)).Status);

    [Fact]
    public async Task Mounted_page_ends_with_a_slash()
    {
        WebBrowser.RequireFiles();
        await using var mounted = await LiveServer.StartAsync(("Http:PathBase", "/chat"));

        var bare = await mounted.HttpAsync("GET", "/chat", Credentials.None);
        Assert.Equal((HttpStatusCode.Redirect, "/chat/"), (bare.Status, bare.Header("Location")));
        Assert.Equal(HttpStatusCode.OK, (await mounted.HttpAsync("GET", "/chat/", Credentials.None)).Status);
    }

    [Fact]
    public async Task Server_without_web_files_serves_one_page_that_says_so()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var bare = builder.Build();
        bare.UseWebFiles([]);
        await bare.StartAsync(TestTimeouts.Token);
        using var http = new HttpClient { BaseAddress = new Uri(bare.Urls.First()) };

        using var page = await http.GetAsync(new Uri("/", UriKind.Relative), TestTimeouts.Token);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Node.js", await page.Content.ReadAsStringAsync(TestTimeouts.Token), StringComparison.Ordinal);
        // Nothing that it would need is there, either.
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/inbox.js", UriKind.Relative), TestTimeouts.Token)).StatusCode);
    }

    private static IEnumerable<string> Assets(string pattern) => Directory.GetFiles(Path.Combine(WebBrowser.Files, "assets"), pattern).Select(file => Path.GetFileName(file));

    // What the page loads before anything is shown: its script and those that it names to be loaded beside.
    [GeneratedRegex("""(?:src|href)="\./(assets/[^"]+\.js)""")]
    private static partial Regex Script();
}
