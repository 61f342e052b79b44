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

        var moderator = await Account.SignUpAsync(server, "maria");
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", $"/api/directory/users/{moderator.Id}/roles/moderator", Credentials.Service)).Status);
        var page = await InboxPage.SignInAsync(office, server.Address, moderator);
        await page.Button("Settings").ClickAsync();
        await page.Button("Moderation").ClickAsync();
        var report = page.Page.Locator("article").Filter(new() { HasText = "Eve" }).First;
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
        await page.Page.Locator(".card").Filter(new() { HasText = "Eve" }).First.GetByRole(AriaRole.Button, new() { Name = "Lift ban" }).ClickAsync();
        await Expect(eve.Page.Locator(".banner.ban")).ToHaveCountAsync(0);
        page.AssertNoProblems();
        anna.AssertNoProblems();
        eve.AssertNoProblems();
    }
}
