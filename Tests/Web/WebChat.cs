using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>A user in a browser with one open chat, whose peer is a connection of the test's.</summary>
public sealed class WebChat : IAsyncDisposable
{
    private WebChat(IBrowserContext context, InboxPage page, Account user, Device peer, string conversationId) =>
        (Context, Page, User, Peer, Id) = (context, page, user, peer, conversationId);

    public IBrowserContext Context { get; }
    public InboxPage Page { get; }
    public Account User { get; }
    public Device Peer { get; }
    public string Id { get; }

    /// <param name="browser">Where the page opens.</param>
    /// <param name="server">The server.</param>
    /// <param name="options">The screen; the desktop's by default.</param>
    /// <param name="prepare">Runs before the page opens, with the conversation's id.</param>
    /// <param name="equip">What the browser grants and runs before the page's own scripts.</param>
    public static async Task<WebChat> OpenAsync(
        WebBrowser browser, ITestServer server, BrowserNewContextOptions? options = null, Func<Device, Device, string, Task>? prepare = null, Func<IBrowserContext, Task>? equip = null)
    {
        var context = await browser.NewContextAsync(options);
        if (equip is not null)
            await equip(context);
        var account = await Account.SignUpAsync(server, "anna");
        var peer = await server.ConnectUserAsync("ben");
        await using var device = await account.ConnectAsync();
        var sent = await peer.RequestAsync(device, "I read your guide to tide maps. Where do you begin?");
        var accepted = await device.AcceptAsync(sent.Request.RequestId);
        var id = accepted.Conversation.ConversationId;
        if (prepare is not null)
            await prepare(device, peer, id);
        await peer.NextAsync<RequestAccepted>();
        var page = await InboxPage.SignInAsync(context, server.Address, account);
        await page.Row("Ben").ClickAsync();
        await Expect(page.Bubbles.First).ToBeVisibleAsync();
        return new(context, page, account, peer, id);
    }

    public async Task<Message> NextMessageAsync() => (await Peer.NextAsync<MessageReceived>()).Message;

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await Peer.DisposeAsync();
    }
}
