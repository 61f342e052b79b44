using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>
/// One Chromium for the tests of the web inbox, started by the first of them: the headless shell, which draws no window around its pages and
/// takes half of the CPU, or the whole browser where the shell is missing.
/// </summary>
public class WebBrowser : IAsyncDisposable
{
    private protected static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly string? _program;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public WebBrowser() : this(["/usr/bin/chromium-headless-shell", .. Browsers])
    {
    }

    private protected WebBrowser(string[] programs) => _program = Array.Find(programs, File.Exists);

    /// <summary>What the server was built with.</summary>
    public static string Files { get; } = Repository.File("Server", "wwwroot");

    /// <summary>The web inbox's browser of its own for one user: cookies and storage are shared with no other.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        RequireFiles();
        return NewContextWithoutInboxAsync(options ?? Screens.Desktop());
    }

    /// <summary>The same for pages that are no part of the web inbox.</summary>
    public async Task<IBrowserContext> NewContextWithoutInboxAsync(BrowserNewContextOptions? options = null)
    {
        if (_program is null)
            Assert.Skip("Chromium is missing: apt-get install chromium-headless-shell chromium.");
        // As long as any other wait of a test: a busy machine is no failure.
        Assertions.SetDefaultExpectTimeout((float)TestTimeouts.Limit.TotalMilliseconds);
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = _program, Args = ["--no-sandbox"] });
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)TestTimeouts.Limit.TotalMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        GC.SuppressFinalize(this);
    }

    public static void RequireFiles()
    {
        if (!File.Exists(Path.Combine(Files, "index.html")))
            Assert.Skip("The web inbox was not built: Node.js is missing.");
    }
}
