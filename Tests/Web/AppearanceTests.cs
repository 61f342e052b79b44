using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>What the system asks of the inbox: right to left, high contrast, less motion; German throughout.</summary>
[Collection(WebCollection.Name)]
public sealed class AppearanceTests(WebBrowser browser, SharedServer server)
{
    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Right_to_left_mirrors_the_layout(string screen)
    {
        var narrow = screen == "phone" ? new BrowserNewContextOptions(Screens.Phone()) { ViewportSize = new() { Width = 320, Height = 640 } } : Screens.Desktop();
        await using var chat = await WebChat.OpenAsync(browser, server, narrow, async (user, peer, id) =>
        {
            await user.SayAsync(id, "מתי נפגשים?");
            await peer.SayAsync(id, "At 5, by the old harbour, where the tide maps of the whole bay are on show until Friday.");
        });
        await chat.Page.Page.EvaluateAsync("document.querySelector('chathub-inbox').setAttribute('dir', 'rtl')");

        // Own messages are at the end of the line, which is on the left.
        var own = await BoxAsync(chat.Page.Page.Locator("li.mine .bubble").First);
        var peers = await BoxAsync(chat.Page.Page.Locator(".thread li:not(.mine) .bubble").First);
        var thread = await BoxAsync(chat.Page.Page.Locator(".thread"));
        Assert.InRange(own.X - thread.X, 0, 60);
        Assert.InRange(thread.X + thread.Width - (peers.X + peers.Width), 0, 60);
        var send = await BoxAsync(chat.Page.Button("Send"));
        var composer = await BoxAsync(chat.Page.Composer);
        Assert.True(send.X < composer.X);
        if (screen == "desktop")
        {
            Assert.True((await BoxAsync(chat.Page.Page.Locator(".side"))).X > thread.X);
            // A text from left to right is cut at its end, not where it begins.
            var preview = await BoxAsync(chat.Page.Row("Ben").Locator(".said"));
            Assert.True((await BoxAsync(chat.Page.Row("Ben").Locator(".said bdi"))).X >= preview.X);
        }

        await chat.Page.AssertNoSidewaysScrollAsync();
        foreach (var path in (string[])["settings", $"people/{chat.Peer.Id}", "requests", "chats"])
        {
            await chat.Page.Page.EvaluateAsync("path => { location.hash = path }", path);
            await chat.Page.AssertNoSidewaysScrollAsync();
        }

        chat.Page.AssertNoProblems();
    }

    [Fact]
    public async Task High_contrast_keeps_edges_states_and_icons()
    {
        await using var chat = await WebChat.OpenAsync(browser, server, new(Screens.Desktop()) { ForcedColors = ForcedColors.Active }, (user, _, id) => user.SayAsync(id, "Sent by me"));

        // The colours are the system's: what ours say is said by edges and words.
        await Expect(chat.Page.Bubbles.Last).ToHaveCSSAsync("border-top-style", "solid");
        await Expect(chat.Page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        foreach (var marked in (ILocator[])[chat.Page.Row("Ben"), chat.Page.Page.Locator(".tab[aria-current=true]").First])
            Assert.Equal(await SystemColorAsync(chat, "Highlight"), await marked.EvaluateAsync<string>("node => getComputedStyle(node).outlineColor"));
        Assert.NotEqual("none", await chat.Page.Page.Locator(".send").EvaluateAsync<string>("node => getComputedStyle(node).borderTopStyle"));
    }

    [Fact]
    public async Task Less_motion_moves_nothing()
    {
        await using var chat = await WebChat.OpenAsync(browser, server, new(Screens.Desktop()) { ReducedMotion = ReducedMotion.Reduce }, (user, _, id) => user.SayAsync(id, "Sent by me"));

        await chat.Peer.SeeAsync(chat.Id, 2);
        await Expect(chat.Page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Seen");
        var durations = await chat.Page.Page.EvaluateAsync<double[]>("""
            () => [...document.querySelector('chathub-inbox').shadowRoot.querySelectorAll('*')].flatMap((node) => {
              const { transitionDuration, animationDuration } = getComputedStyle(node);
              return [...transitionDuration.split(','), ...animationDuration.split(',')].map(parseFloat);
            })
            """);
        Assert.InRange(durations.Max(), 0, 0.001);
    }

    [Fact]
    public async Task German_page_refuses_in_german()
    {
        await using var context = await browser.NewContextAsync(Screens.Desktop("de-DE"));
        var page = await InboxPage.OpenAsync(context, server.Address);
        await page.Button("Konto erstellen").ClickAsync();
        await page.Page.Locator("[name=username]").FillAsync("no");
        await page.Page.Locator("[name=password]").FillAsync("password123");
        await page.Page.Locator("[name=birthDate]").FillAsync("1990-05-17");
        await page.Page.Locator("form button[type=submit]").ClickAsync();

        await Expect(page.Page.Locator(".field .error").First).ToContainTextAsync("3 bis 30 Buchstaben");
        await page.Page.Locator("[name=username]").FillAsync(Account.UniqueName("anna"));
        await page.Page.Locator("form button[type=submit]").ClickAsync();
        await Expect(page.Page.Locator(".field .error").First).ToContainTextAsync("keines der häufigsten Passwörter");
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator locator) => (await locator.BoundingBoxAsync())!;

    private static Task<string> SystemColorAsync(WebChat chat, string name) =>
        chat.Page.Page.EvaluateAsync<string>("name => { const node = document.body.appendChild(document.createElement('p')); node.style.color = name; const { color } = getComputedStyle(node); node.remove(); return color; }", name);
}
