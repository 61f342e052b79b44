using System.Net;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>A report from its dialog to the moderators' page, and the ban notice that comes of it.</summary>
[Collection(WebCollection.Name)]
public sealed class ModerationTests(WebBrowser browser, SharedServer server)
{
    [Fact]
    public async Task Warning_is_read_by_the_warned_until_it_is_understood()
    {
        await using var office = await browser.NewContextAsync();
        await using var chat = await WebChat.OpenAsync(browser, server);
        var reported = await chat.Peer.Hub.Report(new() { UserId = chat.User.Id, Reason = Contracts.ReportReason.Harassment, ConversationId = chat.Id, Seqs = [1], Note = "Again and again." });
        Assert.NotEmpty(reported.ReportId);
        var page = await ModeratorAsync(office);

        await page.Page.EvaluateAsync("location.hash = 'moderation'");
        var report = page.Page.Locator("article").Filter(new() { HasText = $"@{chat.User.Username}" });
        await report.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await report.GetByRole(AriaRole.Button, new() { Name = "Warn", Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Reason that they read").FillAsync("Once a day is enough.");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Warn" }).ClickAsync();

        var banner = chat.Page.Page.Locator(".banner.ban");
        await Expect(banner).ToContainTextAsync("A moderator’s warning: Once a day is enough.");
        // It forbids nothing.
        await chat.Page.SendAsync("Sorry.");
        Assert.Equal("Sorry.", (await chat.NextMessageAsync()).Text);
        await chat.Page.Page.ReloadAsync();
        await chat.Page.Button("Understood").ClickAsync();
        await Expect(banner).ToHaveCountAsync(0);
        await chat.Page.Page.ReloadAsync();
        await Expect(chat.Page.Bubbles.Last).ToBeVisibleAsync();
        await Expect(banner).ToHaveCountAsync(0);
        page.AssertNoProblems();
    }

    private async Task<InboxPage> ModeratorAsync(Microsoft.Playwright.IBrowserContext office)
    {
        var moderator = await Account.SignUpAsync(server, "maria");
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", $"/api/directory/users/{moderator.Id}/roles/moderator", Credentials.Service)).Status);
        return await InboxPage.SignInAsync(office, server.Address, moderator);
    }

    [Fact]
    public async Task Reported_request_is_deleted_judged_and_leads_to_a_ban_that_its_sender_reads()
    {
        await using var annasBrowser = await browser.NewContextAsync();
        await using var evesBrowser = await browser.NewContextAsync();
        await using var office = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        var sender = await Account.SignUpAsync(server, "eve");
        var text = $"Send your card number for the prize {sender.Username}";
        await using (var device = await account.ConnectAsync())
        await using (var other = await sender.ConnectAsync())
            await other.RequestAsync(device, text);
        var eve = await InboxPage.SignInAsync(evesBrowser, server.Address, sender);
        var anna = await InboxPage.SignInAsync(annasBrowser, server.Address, account);

        await anna.RequestsTab.ClickAsync();
        await anna.Row("Eve").ClickAsync();
        await anna.Button("Delete and report").ClickAsync();
        await anna.Page.GetByLabel("Spam or scam").CheckAsync();
        await anna.Page.GetByLabel("Anything a moderator should know?").FillAsync("The third one today.");
        await anna.Button("Send report").ClickAsync();
        await Expect(anna.Page.GetByText("No requests", new() { Exact = true })).ToBeVisibleAsync();

        var page = await ModeratorAsync(office);
        await page.Button("Settings").ClickAsync();
        await page.Button("Moderation").ClickAsync();
        var report = page.Page.Locator("article").Filter(new() { HasText = $"@{sender.Username}" });
        await report.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Expect(report).ToContainTextAsync(text);
        await Expect(report).ToContainTextAsync("The third one today.");
        await Expect(report).ToContainTextAsync("Nothing so far");
        await report.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Reason that they read").FillAsync("No prize letters here.");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();

        await Expect(eve.Page.Locator(".banner.ban")).ToContainTextAsync("You cannot send messages until");
        await Expect(eve.Page.Locator(".banner.ban")).ToContainTextAsync("No prize letters here.");
        await page.Button("Audit").ClickAsync();
        await Expect(page.Page.GetByText("opened a report on").First).ToBeVisibleAsync();
        await page.Button("Bans").ClickAsync();
        await page.Page.Locator(".card").Filter(new() { HasText = $"@{sender.Username}" }).GetByRole(AriaRole.Button, new() { Name = "Lift ban" }).ClickAsync();
        await Expect(eve.Page.Locator(".banner.ban")).ToHaveCountAsync(0);
        page.AssertNoProblems();
        anna.AssertNoProblems();
        eve.AssertNoProblems();
    }
}
