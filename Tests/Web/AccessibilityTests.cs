using System.Text.RegularExpressions;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>axe-core finds nothing on any page, and the keyboard alone is enough.</summary>
[Collection(WebCollection.Name)]
public sealed class AccessibilityTests(WebBrowser browser, SharedServer server)
{
    private static readonly string Axe = Repository.File("Tests", "JavaScript", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("en", ColorScheme.Dark)]
    [InlineData("de", ColorScheme.Light)]
    [InlineData("de", ColorScheme.Dark)]
    public async Task Axe_finds_nothing(string locale, ColorScheme colors)
    {
        RequireAxe();
        await using var context = await browser.NewContextAsync(Screens.Desktop(locale, colors));
        var signIn = await InboxPage.OpenAsync(context, server.Address);
        await Expect(signIn.Page.Locator("form")).ToBeVisibleAsync();
        await AssertCleanAsync(signIn, "sign-in");

        await using var chat = await WebChat.OpenAsync(browser, server, Screens.Desktop(locale, colors), async (user, peer, id) =>
        {
            await peer.SayAsync(id, "By hand? https://example.org/maps");
            await user.SayAsync(id, "Yes.");
            await using var other = await server.ConnectUserAsync("clara");
            await other.RequestAsync(user, "Hello Anna, what are you reading?");
        });
        await AssertCleanAsync(chat.Page, "chat");
        await chat.Page.Bubbles.Last.HoverAsync();
        await chat.Page.Page.Locator(".acts .tool").Nth(3).ClickAsync();
        await Expect(chat.Page.Page.Locator(".emoji .grid")).ToBeVisibleAsync();
        await AssertCleanAsync(chat.Page, "emoji");
        await chat.Page.Page.Keyboard.PressAsync("Escape");
        await chat.Page.RequestsTab.ClickAsync();
        await AssertCleanAsync(chat.Page, "requests");
        await chat.Page.Row("Clara").ClickAsync();
        await Expect(chat.Page.Page.Locator(".intro")).ToBeVisibleAsync();
        await AssertCleanAsync(chat.Page, "preview");
        await chat.Page.Page.Locator(".actions .danger").Nth(1).ClickAsync();
        await AssertCleanAsync(chat.Page, "report");
        await chat.Page.Page.Keyboard.PressAsync("Escape");
        foreach (var (path, ready) in ((string, string)[])[("settings", "#settings-data"), ("following", ".empty"), ($"people/{chat.Peer.Id}", ".hero"), ($"write/{chat.Peer.Id}", "#request-text"), ("moderation", ".empty")])
        {
            await chat.Page.Page.EvaluateAsync("path => { location.hash = path }", path);
            await Expect(chat.Page.Page.Locator($".pane {ready}").First).ToBeVisibleAsync();
            await AssertCleanAsync(chat.Page, path);
        }
    }

    [Fact]
    public async Task Keyboard_alone_finds_a_person_asks_and_chats()
    {
        await using var peer = await server.ConnectUserAsync("benno");
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        var page = await InboxPage.OpenAsync(context, server.Address);
        var keys = page.Page.Keyboard;

        await page.Page.Locator("[name=username]").FocusAsync();
        await keys.TypeAsync(account.Username);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Account.Password);
        await keys.PressAsync("Enter");
        await page.Page.Locator(".side").WaitForAsync();

        await keys.PressAsync("?");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Keyboard shortcuts");
        await keys.PressAsync("Escape");
        await keys.PressAsync("/");
        await Expect(page.Page.GetByLabel("Search people")).ToBeFocusedAsync();
        await keys.TypeAsync(peer.Account.Username);
        // Only the first row can be reached by Tab: as long as it was searched for less, that may be another one.
        await Expect(page.Page.Locator(".item")).ToHaveTextAsync([new Regex($"@{peer.Account.Username}$")]);
        await TabToAsync(page, $"@{peer.Account.Username}");
        await keys.PressAsync("Enter");
        await Expect(page.Button("Send a request")).ToBeVisibleAsync();
        await TabToAsync(page, "Send a request");
        await keys.PressAsync("Enter");
        await Expect(page.Page.Locator("#request-text")).ToBeVisibleAsync();
        await TabToAsync(page, "request-text");
        await keys.TypeAsync("Which map do you like best?");
        await keys.PressAsync("Control+Enter");

        var request = (await peer.NextAsync<Contracts.RequestReceived>()).Request;
        Assert.Equal("Which map do you like best?", request.Text);
        await peer.AcceptAsync(request.RequestId);
        await Expect(page.Row("Benno")).ToBeVisibleAsync();
        await keys.PressAsync("Alt+ArrowDown");
        await Expect(page.Composer).ToBeFocusedAsync();
        await keys.TypeAsync("By keyboard");
        await keys.PressAsync("Enter");
        Assert.Equal("By keyboard", (await peer.NextAsync<Contracts.MessageReceived>()).Message.Text);
        await keys.PressAsync("Escape");
        await Expect(page.Page.GetByText("Choose a chat, or start a new one.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keyboard_alone_signs_up_and_out()
    {
        await using var context = await browser.NewContextAsync();
        var page = await InboxPage.OpenAsync(context, server.Address);
        var keys = page.Page.Keyboard;

        await page.Button("Create account").PressAsync("Enter");
        await page.Page.GetByLabel("Username").FocusAsync();
        foreach (var value in (string[])[Account.UniqueName("anna"), Account.Password])
        {
            await keys.TypeAsync(value);
            await keys.PressAsync("Tab");
        }

        // A date is typed part by part, as the browser's language has them.
        await keys.TypeAsync("05171990");
        await page.Page.GetByLabel("Name (optional)").FocusAsync();
        await keys.TypeAsync("Anna");
        await keys.PressAsync("Enter");
        await page.Page.Locator(".side").WaitForAsync();
        await page.Button("Settings").PressAsync("Enter");
        await page.Button("Sign out").First.PressAsync("Enter");
        await Expect(page.Page.GetByText("Welcome back")).ToBeVisibleAsync();
        page.AssertNoProblems();
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task List_of_shortcuts_opens_and_closes(Hand hand)
    {
        await using var context = await browser.NewContextAsync();
        var page = await InboxPage.SignInAsync(context, server.Address, await Account.SignUpAsync(server, "anna"));
        var list = page.Page.GetByRole(AriaRole.Dialog);

        await hand.UseAsync(page.Button("Keyboard shortcuts"));
        await Expect(list).ToContainTextAsync("Alt");
        await hand.UseAsync(list.GetByRole(AriaRole.Button, new() { Name = "Close" }));
        await Expect(list).ToHaveCountAsync(0);
    }

    // Tab after Tab until the focus is where it shall be; a control that cannot be reached ends the test.
    private static async Task TabToAsync(InboxPage page, string name)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            var focused = await page.Page.EvaluateAsync<string>("(() => { const node = document.querySelector('chathub-inbox').shadowRoot.activeElement; return node ? `${node.id} ${node.textContent}` : ''; })()");
            if (focused.Contains(name, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"Tab never reaches {name}.");
    }

    private static void RequireAxe()
    {
        if (!File.Exists(Axe))
            Assert.Skip("Tests/JavaScript has no node_modules: run npm ci there.");
    }

    // The page's own policy lets no foreign script in; what the debugger evaluates is not held to it.
    private static async Task AssertCleanAsync(InboxPage page, string where)
    {
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe, TestTimeouts.Token) + "; 0");
        // Colours in the middle of a transition are no colours of the page.
        await page.Page.WaitForFunctionAsync("""
            () => [document, document.querySelector('chathub-inbox')?.shadowRoot].flatMap((root) => root?.getAnimations() ?? [])
              .every((one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)
            """);
        var found = await page.Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.flat().join(' ')} ${node.failureSummary}`))
            """);
        Assert.True(found.Length == 0, $"{where}:\n{string.Join('\n', found)}");
    }
}
