using System.Text.RegularExpressions;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>The Requests folder that one clears in one act, and its filtered and deleted ones beside.</summary>
[Collection(WebCollection.Name)]
public sealed class FolderTests(WebBrowser browser, SharedServer server)
{
    private const string Campaign = "Win a prize now: https://prize.example";

    [Fact]
    public async Task Folder_is_cleared_by_same_text_and_as_a_whole_and_each_can_be_undone()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        foreach (var (name, text) in ((string, string)[])[("prizea", Campaign), ("noor", "Which map do you like best?"), ("prizeb", Campaign.ToUpperInvariant()), ("prizec", $"  {Campaign} ")])
            await RequestAsync(anna, name, text);
        var page = await InboxPage.SignInAsync(context, server.Address, account);
        await page.RequestsTab.ClickAsync();
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(4);

        await DeleteSameTextAsync();
        // It can be undone for seconds only: what was deleted is looked at the second time.
        await page.Button("Undo").ClickAsync();
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(4);
        await Expect(page.Page).ToHaveTitleAsync("(4) ChatHub");
        await DeleteSameTextAsync();
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator(".list .item")).ToContainTextAsync("Noor");
        await Expect(page.Page).ToHaveTitleAsync("(1) ChatHub");

        await page.Button("Delete all").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete all" }).ClickAsync();
        await Expect(page.Page.GetByText("No requests", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Page).ToHaveTitleAsync("ChatHub");
        // What arrives while one clears stays.
        await RequestAsync(anna, "clara", "Hello, what are you reading?");
        await Expect(page.Row("Clara")).ToBeVisibleAsync();

        await page.Page.Locator(".folders").GetByRole(AriaRole.Button, new() { Name = "Deleted" }).ClickAsync();
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(4);
        await page.Row("Noor").ClickAsync();
        await page.Button("Restore").ClickAsync();
        await page.Page.Locator(".folders").GetByRole(AriaRole.Button, new() { Name = "Requests" }).ClickAsync();
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(2);
        page.AssertNoProblems();

        async Task DeleteSameTextAsync()
        {
            await page.Button("Select").ClickAsync();
            await page.Row("Prizea").ClickAsync();
            await Expect(page.Page.GetByText("1 selected")).ToBeVisibleAsync();
            await page.Button("Select same text").ClickAsync();
            await Expect(page.Page.GetByText("3 selected")).ToBeVisibleAsync();
            await page.Button("Delete").ClickAsync();
        }
    }

    [Fact]
    public async Task Request_with_a_hidden_word_waits_in_filtered_without_a_red_dot()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await page.Button("Settings").ClickAsync();
        await page.Page.GetByLabel("Hidden words").FillAsync("prize\njackpot");
        await page.Page.Locator("[aria-labelledby=settings-filters]").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        Assert.Equal(["prize", "jackpot"], (await anna.NextAsync<MeChanged>()).Me.Settings.HiddenWords ?? []);
        await RequestAsync(anna, "eve", Campaign);

        await page.RequestsTab.ClickAsync();
        await page.Page.Locator(".folders").GetByRole(AriaRole.Button, new() { Name = "Filtered" }).ClickAsync();
        await Expect(page.Row("Eve")).ToBeVisibleAsync();
        await Expect(page.RequestsTab.Locator(".dot")).ToHaveCountAsync(0);
        await Expect(page.Page).ToHaveTitleAsync("ChatHub");
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Keyboard_alone_hides_words()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await page.Button("Settings").PressAsync("Enter");
        await page.Page.GetByLabel("Hidden words").PressAsync("Control+a");
        await page.Page.Keyboard.TypeAsync("prize\njackpot");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");

        Assert.Equal(["prize", "jackpot"], (await anna.NextAsync<MeChanged>()).Me.Settings.HiddenWords ?? []);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Keyboard_alone_selects_deletes_and_restores()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        foreach (var name in (string[])["noor", "clara", "davit"])
            await RequestAsync(anna, name, "Which map do you like best?");
        var page = await InboxPage.SignInAsync(context, server.Address, account);
        var keys = page.Page.Keyboard;

        await keys.PressAsync("Alt+r");
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(3);
        await page.Button("Select").PressAsync("Enter");
        await page.Row("Davit").FocusAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("ArrowDown");
        await Expect(page.Row("Clara")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Page.GetByText("2 selected")).ToBeVisibleAsync();
        await page.Button("Delete").PressAsync("Enter");
        await UndoAsync("2 requests deleted");
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(3);

        await page.Row("Noor").PressAsync("Enter");
        await page.Button("Delete").PressAsync("Enter");
        await page.Page.Locator(".folders").GetByRole(AriaRole.Button, new() { Name = "Deleted" }).PressAsync("Enter");
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(1);
        await page.Row("Noor").PressAsync("Enter");
        await page.Button("Restore").PressAsync("Enter");
        await page.Page.Locator(".folders").GetByRole(AriaRole.Button, new() { Name = "Requests" }).PressAsync("Enter");
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(3);

        await page.Button("Select").PressAsync("Enter");
        await page.Row("Davit").PressAsync("Enter");
        await page.Button("Select same text").PressAsync("Enter");
        await Expect(page.Page.GetByText("3 selected")).ToBeVisibleAsync();
        await page.Button("Delete").PressAsync("Enter");
        await UndoAsync("3 requests deleted");
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(3);
        await page.Button("Delete all").PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete all" }).PressAsync("Enter");
        await Expect(page.Page.GetByText("No requests", new() { Exact = true })).ToBeVisibleAsync();
        page.AssertNoProblems();

        // It can be undone for seconds only.
        Task UndoAsync(string done) =>
            page.Page.Locator(".toast").Filter(new() { HasText = done }).GetByRole(AriaRole.Button).PressAsync("Enter");
    }

    [Fact]
    public async Task Undo_stays_while_the_pointer_is_on_it_and_goes_by_itself_afterwards()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        await RequestAsync(anna, "noor", Campaign);
        var page = await InboxPage.SignInAsync(context, server.Address, account);
        await page.Page.Clock.InstallAsync();
        await page.RequestsTab.ClickAsync();
        await page.Row("Noor").ClickAsync();
        await page.Button("Delete").ClickAsync();

        await page.Button("Undo").HoverAsync();
        await page.Page.Clock.FastForwardAsync("00:10");
        await Expect(page.Button("Undo")).ToBeVisibleAsync();
        await page.Page.Mouse.MoveAsync(0, 0);
        await page.Page.Clock.FastForwardAsync("00:10");
        await Expect(page.Button("Undo")).ToBeHiddenAsync();
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(0);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Keyboard_alone_reports_a_request_and_accepts_another()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        await RequestAsync(anna, "eve", Campaign);
        await RequestAsync(anna, "noor", "Which map do you like best?");
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await page.Page.Keyboard.PressAsync("Alt+r");
        await page.Row("Eve").PressAsync("Enter");
        await page.Button("Delete and report").PressAsync("Enter");
        await page.Page.GetByLabel("Spam or scam").PressAsync("Space");
        await page.Button("Send report").PressAsync("Enter");
        await Expect(page.Page.Locator(".list .item")).ToHaveCountAsync(1);
        await page.Row("Noor").PressAsync("Enter");
        await page.Button("Accept").PressAsync("Enter");
        await Expect(page.Composer).ToBeVisibleAsync();
        await Expect(page.Bubbles).ToHaveTextAsync([new Regex("Which map do you like best")]);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Preview_shows_what_both_have_in_common()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        await using var friend = await server.ConnectUserAsync("friend");
        await using var sender = await server.ConnectAsync("ben");
        await anna.FollowAsync(friend);
        await friend.FollowAsync(sender);
        await sender.FollowAsync(anna);
        await sender.RequestAsync(anna);
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await page.RequestsTab.ClickAsync();
        await page.Row("Ben").ClickAsync();
        await Expect(page.Page.Locator(".facts")).ToContainTextAsync("Followed by Friend");
        await Expect(page.Page.Locator(".facts")).ToContainTextAsync("Follows you");
        await Expect(page.Page.Locator(".facts")).ToContainTextAsync("Joined");
        page.AssertNoProblems();
    }

    private async Task RequestAsync(Device recipient, string name, string text)
    {
        await using var sender = await server.ConnectUserAsync(name);
        await sender.RequestAsync(recipient, text);
    }
}
