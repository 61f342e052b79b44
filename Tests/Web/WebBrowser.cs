using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>One Chromium for the tests of the web inbox, started by the first of them.</summary>
public sealed class WebBrowser : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>What the server was built with.</summary>
    public static string Files { get; } = Repository.File("Server", "wwwroot");

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Programs, File.Exists) is not { } program)
            return;
        // As long as any other wait of a test: a busy machine is no failure.
        Assertions.SetDefaultExpectTimeout((float)TestTimeouts.Limit.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A browser of its own for one user: cookies and storage are shared with no other.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        RequireFiles();
        if (_browser is null)
            Assert.Skip("Chromium is missing: apt-get install chromium.");
        var context = await _browser.NewContextAsync(options ?? Screens.Desktop());
        context.SetDefaultTimeout((float)TestTimeouts.Limit.TotalMilliseconds);
        return context;
    }

    public static void RequireFiles()
    {
        if (!File.Exists(Path.Combine(Files, "index.html")))
            Assert.Skip("The web inbox was not built: Node.js is missing.");
    }
}
