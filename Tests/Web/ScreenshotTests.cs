using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>Makes the screenshots of the docs, of a real server and a real browser: <c>docs/screenshots.sh</c>.</summary>
[Collection(WebCollection.Name)]
public sealed class ScreenshotTests(WebBrowser browser)
{
    private static readonly string Folder = Repository.File("docs", "images");

    [Fact(Explicit = true)]
    public async Task Screenshots_are_made()
    {
        Directory.CreateDirectory(Folder);
        await using var server = await ServerProcess.StartAsync();
        await using var scene = await Scenery.BuildAsync(server);

        await using var context = await browser.NewContextAsync(Screens.Desktop());
        var page = await InboxPage.SignInAsync(context, server.Address, scene.Anna);
        await page.Row("Ben Okafor").ClickAsync();
        await Expect(page.Bubbles.Last).ToBeVisibleAsync();
        await scene.RequestAsync("Noor Rahman", "Hello Anna, I am restoring a tide mill on the coast near Brest. Which of your maps shows the currents before the harbour was built?");
        await Expect(page.RequestsTab.Locator(".dot")).ToBeVisibleAsync();
        await SaveAsync(page, "request-arriving");

        await page.SendAsync("Thursday it is. I will bring the ink.");
        await Expect(page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        await SaveAsync(page, "chat-sent");
        await scene.Ben.SeeAsync(scene.ChatId, (await scene.Ben.Hub.GetConversation(new() { ConversationId = scene.ChatId })).LastSeq);
        await Expect(page.Bubbles.Last).ToHaveCSSAsync("background-color", "rgb(24, 118, 58)");
        await SaveAsync(page, "chat-seen");

        await page.RequestsTab.ClickAsync();
        await page.Row("Noor Rahman").ClickAsync();
        await Expect(page.Page.Locator(".intro")).ToBeVisibleAsync();
        await SaveAsync(page, "request-preview");
        await page.Page.EvaluateAsync("location.hash = 'settings'");
        await Expect(page.Page.Locator("#settings-data")).ToBeVisibleAsync();
        await SaveAsync(page, "settings");

        await using var dark = await browser.NewContextAsync(Screens.Desktop(colors: ColorScheme.Dark));
        var night = await InboxPage.SignInAsync(dark, server.Address, scene.Anna);
        await night.Row("Ben Okafor").ClickAsync();
        await Expect(night.Bubbles.Last).ToBeVisibleAsync();
        await SaveAsync(night, "dark");

        await using var phone = await browser.NewContextAsync(Screens.Phone());
        var small = await InboxPage.SignInAsync(phone, server.Address, scene.Anna);
        await Expect(small.Row("Ben Okafor")).ToBeVisibleAsync();
        await SaveAsync(small, "phone-inbox");
        await small.Row("Ben Okafor").ClickAsync();
        await Expect(small.Bubbles.Last).ToBeVisibleAsync();
        await SaveAsync(small, "phone-chat");

        await scene.ReportAsync();
        await using var office = await browser.NewContextAsync(Screens.Desktop());
        var moderation = await InboxPage.SignInAsync(office, server.Address, await scene.ModeratorAsync());
        await moderation.Page.EvaluateAsync("location.hash = 'moderation'");
        await moderation.Page.Locator("article").First.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Expect(moderation.Page.Locator(".evidence").First).ToBeVisibleAsync();
        await SaveAsync(moderation, "moderators");
    }

    private static async Task SaveAsync(InboxPage page, string name)
    {
        // Notices go by themselves, transitions end, and the caret shall not blink into the picture.
        await Expect(page.Page.Locator(".toast")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }
}
