using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;

namespace ChatHub.Tests.Web;

/// <summary>The page of the web inbox in a browser, as its user sees it: by roles and names.</summary>
public sealed partial class InboxPage
{
    private readonly List<string> _problems = [];

    private InboxPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _problems.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !Expected().IsMatch(message.Text))
                _problems.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>The bubbles of the open chat, in their order.</summary>
    public ILocator Bubbles => Page.Locator(".bubble");

    public ILocator Composer => Page.Locator(".composer textarea");

    public ILocator RequestsTab => Page.Locator(".tabs").First.GetByRole(AriaRole.Button).Nth(1);

    public static async Task<InboxPage> OpenAsync(IBrowserContext context, Uri address, string path = "")
    {
        var page = new InboxPage(await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(address, path).AbsoluteUri);
        return page;
    }

    /// <summary>The page of an account that is signed in by its form.</summary>
    public static async Task<InboxPage> SignInAsync(IBrowserContext context, Uri address, Account account)
    {
        var page = await OpenAsync(context, address);
        await page.Page.Locator("[name=username]").FillAsync(account.Username);
        await page.Page.Locator("[name=password]").FillAsync(Account.Password);
        await page.Page.Locator("form button[type=submit]").ClickAsync();
        await page.Page.Locator(".side").WaitForAsync();
        return page;
    }

    /// <summary>Makes an account by the form; returns its username.</summary>
    public async Task<string> SignUpAsync(string name)
    {
        var username = Account.UniqueName(name.ToLowerInvariant());
        await Button("Create account").ClickAsync();
        await Page.GetByLabel("Username").FillAsync(username);
        await Page.GetByLabel("Password").FillAsync(Account.Password);
        await Page.GetByLabel("Date of birth").FillAsync("1990-05-17");
        await Page.GetByLabel("Name (optional)").FillAsync(name);
        await Button("Create account").ClickAsync();
        await Page.Locator(".side").WaitForAsync();
        return username;
    }

    public ILocator Button(string name, bool exact = true) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    /// <summary>The row of a list that belongs to this person.</summary>
    public ILocator Row(string name) => Page.Locator(".item").Filter(new() { HasText = name }).First;

    public async Task FindAsync(string username)
    {
        await Page.GetByLabel("Search people").FillAsync(username);
        await Row($"@{username}").ClickAsync();
    }

    public async Task SendAsync(string text)
    {
        await Composer.FillAsync(text);
        await Button("Send").ClickAsync();
    }

    /// <summary>No script failed, no policy was violated, nothing was refused that had to work.</summary>
    public void AssertNoProblems() => Assert.Empty(_problems);

    public async Task AssertNoSidewaysScrollAsync() =>
        Assert.Empty(await Page.EvaluateAsync<string[]>("""
            () => {
              const wide = [];
              const look = (root) => {
                for (const node of root.querySelectorAll('*')) {
                  if (node.shadowRoot) look(node.shadowRoot);
                  if (node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== 'visible' && !node.matches('.clip, .name, .said, .hidden, textarea, input, .hidden *'))
                    wide.push(`${node.tagName}.${node.className}`);
                }
              };
              look(document);
              if (document.documentElement.scrollWidth > innerWidth) wide.push('page');
              return wide;
            }
            """));

    // Without a cookie there is nothing to refresh, and only moderators see their queue: the browser logs both refusals by itself.
    [GeneratedRegex(@"Failed to load resource.*(401|403|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED)|WebSocket connection to|^\[.*(Error|Warning): ")]
    private static partial Regex Expected();
}
