using System.Net;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>The account in the settings: other sessions, the password, the erasure.</summary>
[Collection(WebCollection.Name)]
public sealed class SettingsTests(WebBrowser browser, SharedServer server)
{
    private const string NewPassword = "another horse, another battery";

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Other_sessions_are_ended_one_by_one_and_all_at_once(Hand hand)
    {
        await using var context = await browser.NewContextAsync();
        await using var second = await browser.NewContextAsync();
        await using var third = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        var others = new[] { await InboxPage.SignInAsync(second, server.Address, account), await InboxPage.SignInAsync(third, server.Address, account) };
        var page = await OpenSettingsAsync(context, account);
        var sessions = page.Page.Locator("[aria-labelledby=settings-sessions]");

        await Expect(sessions.GetByText("This device")).ToHaveCountAsync(1);
        // The sign-up's own is among them.
        await Expect(sessions.Locator("li")).ToHaveCountAsync(4);
        await hand.UseAsync(sessions.Locator("li").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First);
        await Expect(sessions.Locator("li")).ToHaveCountAsync(3);
        await hand.UseAsync(sessions.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }));
        await Expect(sessions.Locator("li")).ToHaveCountAsync(1);
        foreach (var other in others)
            await Expect(other.Page.GetByText("You were signed out.")).ToBeVisibleAsync();
        page.AssertNoProblems();
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Password_is_changed_with_the_current_one_and_other_devices_are_signed_out(Hand hand)
    {
        await using var context = await browser.NewContextAsync();
        await using var second = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        var other = await InboxPage.SignInAsync(second, server.Address, account);
        var page = await OpenSettingsAsync(context, account);
        var form = page.Page.Locator("[aria-labelledby=settings-password]");

        await ChangeAsync("not the password", NewPassword);
        await Expect(form.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The password is wrong.");
        await ChangeAsync(Account.Password, "password123");
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("none of the most common passwords");
        await ChangeAsync(Account.Password, NewPassword);
        await Expect(page.Page.GetByText("Password changed.")).ToBeVisibleAsync();
        await Expect(other.Page.GetByText("You were signed out.")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#settings-data")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(account, Account.Password));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(account, NewPassword));

        async Task ChangeAsync(string current, string next)
        {
            await hand.FillAsync(form.GetByLabel("Current password"), current);
            await hand.FillAsync(form.GetByLabel("New password"), next);
            await hand.UseAsync(form.GetByRole(AriaRole.Button, new() { Name = "Change password" }));
        }
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Account_is_erased_with_the_password_and_its_messages_stay_with_the_peer(Hand hand)
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        await chat.Page.SendAsync("Farewell.");
        await chat.NextMessageAsync();
        await hand.UseAsync(chat.Page.Button("Settings"));
        await hand.UseAsync(chat.Page.Button("Delete your account"));
        var dialog = chat.Page.Page.GetByRole(AriaRole.Dialog);

        await Expect(dialog).ToContainTextAsync("Delete your account permanently?");
        await hand.FillAsync(dialog.GetByLabel("Current password"), "not the password");
        await hand.UseAsync(dialog.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }));
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The password is wrong.");
        await hand.FillAsync(dialog.GetByLabel("Current password"), Account.Password);
        await hand.UseAsync(dialog.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }));

        await Expect(chat.Page.Page.GetByLabel("Username")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(chat.User, Account.Password));
        var messages = await chat.Peer.Hub.GetMessages(new() { ConversationId = chat.Id });
        Assert.Equal("Farewell.", messages.Items[^1].Text);
        Assert.Equal("Removed user", (await chat.Peer.Hub.GetConversation(new() { ConversationId = chat.Id })).Peer.DisplayName);
        chat.Page.AssertNoProblems();
    }

    private async Task<InboxPage> OpenSettingsAsync(IBrowserContext context, Account account)
    {
        var page = await InboxPage.SignInAsync(context, server.Address, account);
        await page.Button("Settings").ClickAsync();
        await Expect(page.Page.Locator("#settings-data")).ToBeVisibleAsync();
        return page;
    }

    private async Task<HttpStatusCode> SignInAsync(Account account, string password) =>
        (await server.SignInAsync(account.Username, password)).Status;
}
