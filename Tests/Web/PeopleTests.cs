using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>Profiles, the message button in each of its states, settings.</summary>
[Collection(WebCollection.Name)]
public sealed class PeopleTests(WebBrowser browser, SharedServer server)
{
    [Fact]
    public async Task Message_button_shows_each_of_its_states()
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var anna = await account.ConnectAsync();
        await using var strict = await server.ConnectUserAsync("strict");
        await strict.SetAsync(MessagingPolicy.Following);
        await using var silent = await server.ConnectUserAsync("silent");
        await silent.SetAsync(MessagingPolicy.Nobody);
        await using var friend = await server.ConnectUserAsync("friend");
        await friend.FollowAsync(anna);
        await using var writer = await server.ConnectUserAsync("writer");
        await writer.RequestAsync(anna);
        await using var open = await server.ConnectUserAsync("open");
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await ShowAsync(page, strict);
        await Expect(page.Button("Message")).ToBeDisabledAsync();
        await Expect(page.Page.GetByText("Messages cannot be sent since this user isn’t following you.", new() { Exact = true })).ToBeVisibleAsync();
        await ShowAsync(page, silent);
        await Expect(page.Button("Message")).ToHaveCountAsync(0);
        await ShowAsync(page, writer);
        await page.Button("Answer the request").ClickAsync();
        await Expect(page.Page.Locator(".intro")).ToHaveTextAsync("Hello?");
        await ShowAsync(page, open);
        await page.Button("Send a request").ClickAsync();
        await page.Page.Locator("#request-text").FillAsync("What do you make of the new map?");
        await page.Button("Send request").ClickAsync();
        await Expect(page.Button("Request sent")).ToBeDisabledAsync();
        await ShowAsync(page, friend);
        await Expect(page.Page.GetByText("Follows you")).ToBeVisibleAsync();
        await page.Button("Follow").ClickAsync();
        await Expect(page.Page.GetByText("1 follower")).ToBeVisibleAsync();
        await page.Button("Message").ClickAsync();
        await page.SendAsync("Opened at once");
        Assert.Equal("Opened at once", (await friend.NextAsync<MessageReceived>()).Message.Text);
        page.AssertNoProblems();
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Request_is_withdrawn(Hand hand)
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var recipient = await server.ConnectUserAsync("ben");
        await using (var device = await account.ConnectAsync())
            await device.RequestAsync(recipient);
        var received = (await recipient.NextAsync<RequestReceived>()).Request;
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        await ShowAsync(page, recipient);
        await hand.UseAsync(page.Button("Withdraw"));
        await Expect(page.Button("Send a request")).ToBeVisibleAsync();
        Assert.Equal(received.RequestId, (await recipient.NextAsync<RequestRemoved>()).RequestId);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Blocked_person_is_listed_and_unblocked()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);

        await chat.Page.Button("Chat options").ClickAsync();
        await chat.Page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Block" }).ClickAsync();
        await chat.Page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Block" }).ClickAsync();
        await Expect(chat.Page.Page.GetByText("You blocked Ben.")).ToBeVisibleAsync();
        await chat.Page.Button("People").ClickAsync();
        await chat.Page.Button("Blocked").ClickAsync();
        await chat.Page.Page.Locator(".pane .item").ClickAsync();
        await chat.Page.Button("Unblock").ClickAsync();
        await chat.Page.Button("Message").ClickAsync();
        await Expect(chat.Page.Composer).ToBeVisibleAsync();
        chat.Page.AssertNoProblems();
    }

    [Fact]
    public async Task Keyboard_alone_follows_blocks_and_unblocks()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var page = chat.Page;

        await page.Button("Chat options").PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Block" }).PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Block" }).PressAsync("Enter");
        await Expect(page.Page.GetByText("You blocked Ben.")).ToBeVisibleAsync();
        await page.Button("People").PressAsync("Enter");
        await page.Button("Blocked").PressAsync("Enter");
        await page.Page.Locator(".pane .item").PressAsync("Enter");
        await page.Button("Unblock").PressAsync("Enter");
        await page.Button("Follow").PressAsync("Enter");
        await Expect(page.Page.GetByText("1 follower")).ToBeVisibleAsync();
        await page.Button("Message").PressAsync("Enter");
        await Expect(page.Composer).ToBeVisibleAsync();
        page.AssertNoProblems();
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Settings_are_kept_and_shown_on_other_devices(Hand hand)
    {
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await using var device = await account.ConnectAsync();
        var page = await InboxPage.SignInAsync(context, server.Address, account);
        await hand.UseAsync(page.Button("Settings"));

        await hand.ToggleAsync(page.Page.GetByLabel("People you follow"));
        Assert.Equal(MessagingPolicy.Following, (await device.NextAsync<MeChanged>()).Me.Settings.MessagingPolicy);
        await hand.ToggleAsync(page.Page.GetByLabel("Show when you have seen messages"));
        Assert.False((await device.NextAsync<MeChanged>()).Me.Settings.SendSeenReceipts);
        await hand.FillAsync(page.Page.GetByLabel("About you"), "Draws maps.");
        await hand.UseAsync(page.Page.Locator("[aria-labelledby=settings-profile]").GetByRole(AriaRole.Button, new() { Name = "Save" }));
        Assert.Equal("Draws maps.", (await device.NextAsync<MeChanged>()).Me.Bio);

        var chooser = await page.Page.RunAndWaitForFileChooserAsync(() => hand.UseAsync(page.Button("Change photo")));
        await chooser.SetFilesAsync(new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = Pictures.Png(900, 600) });
        await hand.UseAsync(page.Button("Use photo"));
        Assert.NotNull((await device.NextAsync<MeChanged>()).Me.User.AvatarUrl);
        await Expect(page.Page.Locator(".card .avatar img")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("[aria-labelledby=settings-sessions]").GetByText("This device")).ToBeVisibleAsync();

        var download = await page.Page.RunAndWaitForDownloadAsync(() => hand.UseAsync(page.Button("Download your data")));
        Assert.Equal("chathub.jsonl", download.SuggestedFilename);
        var language = page.Page.GetByLabel("Language");
        if (hand == Hand.Keyboard)
            await language.PressAsync("d");
        else
            await language.SelectOptionAsync("de");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Einstellungen" })).ToBeVisibleAsync();
        await hand.UseAsync(page.Button("Abmelden").First);
        await Expect(page.Page.GetByText("Willkommen zurück")).ToBeVisibleAsync();
        page.AssertNoProblems();
    }

    private static async Task ShowAsync(InboxPage page, Device person)
    {
        await page.FindAsync(person.Account.Username);
        await Expect(page.Page.Locator(".hero").GetByText($"@{person.Account.Username}")).ToBeVisibleAsync();
    }
}
