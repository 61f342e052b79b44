using System.Net;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>A report from its dialog to the moderators' page, and the ban notice that comes of it. The queue is the test's own.</summary>
[Collection(WebCollection.Name)]
public sealed class ModerationTests(WebBrowser browser)
{
    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Warning_is_read_by_the_warned_until_it_is_understood(Hand hand)
    {
        await using var server = await LiveServer.StartAsync();
        await using var office = await browser.NewContextAsync();
        await using var chat = await WebChat.OpenAsync(browser, server);
        var reported = await chat.Peer.Hub.Report(new() { UserId = chat.User.Id, Reason = Contracts.ReportReason.Harassment, ConversationId = chat.Id, Seqs = [1], Note = "Again and again." });
        Assert.NotEmpty(reported.ReportId);
        var page = await ModeratorAsync(server, office);

        await page.Page.EvaluateAsync("location.hash = 'moderation'");
        var report = page.Page.Locator("article").Filter(new() { HasText = $"@{chat.User.Username}" });
        await hand.UseAsync(report.GetByRole(AriaRole.Button, new() { Name = "Open" }));
        await hand.UseAsync(report.GetByRole(AriaRole.Button, new() { Name = "Warn", Exact = true }));
        await hand.FillAsync(page.Page.GetByLabel("Reason that they read"), "Once a day is enough.");
        await hand.UseAsync(page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Warn" }));

        var banner = chat.Page.Page.Locator(".banner.ban");
        await Expect(banner).ToContainTextAsync("A moderator’s warning: Once a day is enough.");
        // It forbids nothing.
        await chat.Page.SendAsync("Sorry.");
        Assert.Equal("Sorry.", (await chat.NextMessageAsync()).Text);
        await chat.Page.Page.ReloadAsync();
        await hand.UseAsync(chat.Page.Button("Understood"));
        await Expect(banner).ToHaveCountAsync(0);
        await chat.Page.Page.ReloadAsync();
        await Expect(chat.Page.Bubbles.Last).ToBeVisibleAsync();
        await Expect(banner).ToHaveCountAsync(0);
        page.AssertNoProblems();
    }

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Reported_request_is_deleted_judged_and_leads_to_a_ban_that_its_sender_reads(Hand hand)
    {
        await using var server = await LiveServer.StartAsync();
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

        await hand.UseAsync(anna.RequestsTab);
        await hand.UseAsync(anna.Row("Eve"));
        await hand.UseAsync(anna.Button("Delete and report"));
        await hand.ToggleAsync(anna.Page.GetByLabel("Spam or scam"));
        await hand.FillAsync(anna.Page.GetByLabel("Anything a moderator should know?"), "The third one today.");
        await hand.UseAsync(anna.Button("Send report"));
        await Expect(anna.Page.GetByText("No requests", new() { Exact = true })).ToBeVisibleAsync();

        var page = await ModeratorAsync(server, office);
        await hand.UseAsync(page.Button("Settings"));
        await hand.UseAsync(page.Button("Moderation"));
        var report = page.Page.Locator("article").Filter(new() { HasText = $"@{sender.Username}" });
        await hand.UseAsync(report.GetByRole(AriaRole.Button, new() { Name = "Open" }));
        await Expect(report).ToContainTextAsync(text);
        await Expect(report).ToContainTextAsync("The third one today.");
        await Expect(report).ToContainTextAsync("Nothing so far");
        await hand.UseAsync(report.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }));
        await hand.FillAsync(page.Page.GetByLabel("Reason that they read"), "No prize letters here.");
        await hand.UseAsync(page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ban" }));

        await Expect(eve.Page.Locator(".banner.ban")).ToContainTextAsync("You cannot send messages until");
        await Expect(eve.Page.Locator(".banner.ban")).ToContainTextAsync("No prize letters here.");
        await hand.UseAsync(page.Button("Audit"));
        await Expect(page.Page.GetByText("opened a report on").First).ToBeVisibleAsync();
        await hand.UseAsync(page.Button("Bans"));
        await hand.UseAsync(page.Page.Locator(".card").Filter(new() { HasText = $"@{sender.Username}" }).GetByRole(AriaRole.Button, new() { Name = "Lift ban" }));
        await Expect(eve.Page.Locator(".banner.ban")).ToHaveCountAsync(0);
        page.AssertNoProblems();
        anna.AssertNoProblems();
        eve.AssertNoProblems();
    }

    private static async Task<InboxPage> ModeratorAsync(LiveServer server, IBrowserContext office)
    {
        var moderator = await Account.SignUpAsync(server, "maria");
        Assert.Equal(HttpStatusCode.NoContent, (await server.HttpAsync("PUT", $"/api/directory/users/{moderator.Id}/roles/moderator", Credentials.Service)).Status);
        return await InboxPage.SignInAsync(office, server.Address, moderator);
    }
}
