using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>A page of another origin, under a strict policy of its own, embeds the inbox of a user whom it brought.</summary>
[Collection(WebCollection.Name)]
public sealed class EmbeddingTests(WebBrowser browser)
{
    [Fact]
    public async Task Foreign_page_embeds_the_inbox_under_a_strict_policy()
    {
        WebBrowser.RequireFiles();
        (Uri Server, string Token) inbox = default;
        await using var host = Host();
        host.MapPage(() => inbox);
        await host.StartAsync(TestTimeouts.Token);
        var origin = new Uri(host.Urls.First());
        await using var server = await LiveServer.StartAsync(("Http:AllowedOrigins:0", origin.GetLeftPart(UriPartial.Authority)), ("Http:PathBase", "/chat"));
        var mounted = new Uri(server.Address, "/chat/");
        var user = await Account.BringAsync(new MountedServer(server, mounted), "anna");
        await using var peer = await (await Account.BringAsync(new MountedServer(server, mounted), "ben")).ConnectAsync();
        inbox = (mounted, user.Token);

        await using var context = await browser.NewContextAsync();
        var page = await InboxPage.OpenAsync(context, origin);
        await Expect(page.Page.GetByText("No chats yet")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("chathub-inbox .side")).ToHaveCSSAsync("background-color", "rgb(250, 244, 233)");
        await peer.Hub.SendRequest(new() { RecipientId = user.Id, Text = "Hello from the same site. Which map is yours?", ClientId = UserActions.NewClientId() });
        await Expect(page.Page.Locator("#badge")).ToHaveTextAsync("1");
        await page.RequestsTab.ClickAsync();
        await page.Row("Ben").ClickAsync();
        await page.Button("Accept").ClickAsync();
        await page.SendAsync("Hello from elsewhere");
        await Expect(page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        // The page's own styles are as they were.
        await Expect(page.Page.Locator("h1#host")).ToHaveCSSAsync("font-size", "33px");
        page.AssertNoProblems();
    }

    private static WebApplication Host()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    /// <summary>The server by the address that it is mounted at.</summary>
    private sealed record MountedServer(LiveServer Server, Uri Address) : ITestServer
    {
        public TestDatabase Database => Server.Database;
    }
}
