using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Web;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Embedding;

/// <summary>The web inbox of an embedded ChatHub, in a real browser.</summary>
[Collection(WebCollection.Name)]
public sealed class EmbeddedInboxTests(WebBrowser browser)
{
    [Fact]
    public async Task Inbox_opens_for_the_hosts_user_and_leaves_signing_in_and_out_to_the_host()
    {
        WebBrowser.RequireFiles();
        await using var platform = await Platform.StartAsync();
        var (anna, ben) = (await platform.JoinAsync("anna"), await platform.JoinAsync("ben"));
        await using var peer = await ben.ConnectAsync();
        await using var context = await browser.NewContextAsync();

        var page = await InboxPage.OpenAsync(context, platform.ChatHub);
        await Expect(page.Page.GetByText("sign in there")).ToBeVisibleAsync();
        var cookie = anna.Pass.Cookie!.Split('=', 2);
        await context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = platform.Address.AbsoluteUri }]);
        await page.Page.ReloadAsync();
        await Expect(page.Page.GetByText("No chats yet")).ToBeVisibleAsync();
        await peer.Hub.SendRequest(new() { RecipientId = anna.Id, Text = "Which map is yours?", ClientId = UserActions.NewClientId() });
        await page.RequestsTab.ClickAsync();
        await page.Row("ben").ClickAsync();
        await page.Button("Accept").ClickAsync();
        await page.SendAsync("The blue one");
        await Expect(page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        await Expect(page.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" })).ToHaveCountAsync(0);
    }
}
