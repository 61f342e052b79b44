using ChatHub.Tests.Infrastructure;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>What is written and not sent yet: the draft of each chat, and a request with its tips.</summary>
[Collection(WebCollection.Name)]
public sealed class WritingTests(WebBrowser browser, SharedServer server)
{
    [Fact]
    public async Task Draft_of_each_chat_survives_a_reload_until_it_is_sent()
    {
        await using var clara = await server.ConnectUserAsync("clara");
        await using var chat = await WebChat.OpenAsync(browser, server, prepare: async (user, _, _) => await user.AcceptAsync((await clara.RequestAsync(user)).Request.RequestId));
        var page = chat.Page;

        await page.Composer.FillAsync("To Ben, half");
        await page.Row("Clara").ClickAsync();
        await Expect(page.Composer).ToHaveValueAsync("");
        await page.Composer.FillAsync("To Clara, half");
        await page.Page.ReloadAsync();
        await Expect(page.Composer).ToHaveValueAsync("To Clara, half");
        await Expect(page.Row("Ben")).ToContainTextAsync("Draft: To Ben, half");
        await page.Row("Ben").ClickAsync();
        await Expect(page.Composer).ToHaveValueAsync("To Ben, half");

        await page.Button("Send").ClickAsync();
        Assert.Equal("To Ben, half", (await chat.NextMessageAsync()).Text);
        await page.Page.ReloadAsync();
        await Expect(page.Row("Clara")).ToContainTextAsync("Draft: To Clara, half");
        await Expect(page.Composer).ToHaveValueAsync("");
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Tips_come_with_the_writing_and_never_block_the_request()
    {
        await using var context = await browser.NewContextAsync();
        await using var ben = await server.ConnectUserAsync("ben");
        var account = await Account.SignUpAsync(server, "anna");
        await using var device = await account.ConnectAsync();
        var left = (await device.Hub.GetMe(new())).RequestsLeftToday;
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await page.FindAsync(ben.Account.Username);
        await page.Button("Send a request").ClickAsync();
        await Expect(page.Page.GetByText($"{left} requests left today")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".tip")).ToHaveCountAsync(0);
        await page.Page.Locator("#request-text").FillAsync("hi");
        await Expect(page.Page.GetByText("Make it personal")).ToBeVisibleAsync();
        await page.Page.Locator("#request-text").FillAsync("I like your maps. Where do you begin?");
        await Expect(page.Page.GetByText("Make it personal")).ToHaveCountAsync(0);
        await Expect(page.Page.GetByText("Follow them first")).ToBeVisibleAsync();

        // Sent in spite of the tip that is there.
        await page.Button("Send request").ClickAsync();
        await Expect(page.Button("Request sent")).ToBeDisabledAsync();
        Assert.Equal(left - 1, (await device.Hub.GetMe(new())).RequestsLeftToday);
        page.AssertNoProblems();
    }
}
