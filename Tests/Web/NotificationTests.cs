using System.Text.Json;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>
/// Web Push in the page: asked for in context, subscribed at the server, shown by the service worker, ended at sign-out. The
/// browser's own push service is out of reach of a test: its subscription is a stub, and the debugger delivers to the worker.
/// </summary>
[Collection(WebCollection.Name)]
public sealed class NotificationTests(WholeBrowser browser, SharedServer server)
{
    // A browser's subscription, as its push service would make it.
    private const string PushServiceStub = """
        (async () => {
          if (!('PushManager' in window)) return;
          const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
          let current = null;
          PushManager.prototype.getSubscription = async () => current;
          PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
            const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
            const keys = { p256dh: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)), auth: base64url(crypto.getRandomValues(new Uint8Array(16))) };
            window.subscribedWith = { applicationServerKey, userVisibleOnly };
            current = { options: { applicationServerKey: null }, toJSON: () => ({ endpoint: `https://push.example.org/${base64url(crypto.getRandomValues(new Uint8Array(8)))}`, keys }), unsubscribe: async () => { current = null; window.unsubscribed = true; return true; } };
            return current;
          };
        })();
        """;

    [Theory]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keyboard)]
    public async Task Notifications_are_asked_for_in_context_subscribed_and_ended_at_sign_out(Hand hand)
    {
        await using var chat = await OpenAsync();
        var page = chat.Page.Page;

        await Expect(page.GetByText("Shall this device notify you")).ToBeVisibleAsync();
        await hand.UseAsync(chat.Page.Button("Turn on"));
        await Expect(page.GetByText("Shall this device notify you")).ToHaveCountAsync(0);
        var key = (await server.HttpAsync("GET", "/api/push/key", Credentials.None)).Json.GetProperty("publicKey").GetString();
        Assert.Equal(key, await page.EvaluateAsync<string>("subscribedWith.applicationServerKey"));
        Assert.Equal(1, await SubscriptionsAsync(chat));

        // Turned off and on again by the settings, which also say how much a notification says.
        await hand.UseAsync(chat.Page.Button("Settings"));
        await Expect(page.GetByText("This device notifies you.")).ToBeVisibleAsync();
        await hand.ToggleAsync(page.GetByLabel("Who it is from, and the text"));
        await Expect(page.GetByLabel("Who it is from, and the text")).ToBeCheckedAsync();
        await hand.UseAsync(chat.Page.Button("Turn off"));
        await Expect(page.GetByText("This device does not notify you.")).ToBeVisibleAsync();
        Assert.Equal(0, await SubscriptionsAsync(chat));
        await hand.UseAsync(chat.Page.Button("Turn on"));
        await Expect(page.GetByText("This device notifies you.")).ToBeVisibleAsync();
        Assert.Equal(1, await SubscriptionsAsync(chat));

        await hand.UseAsync(chat.Page.Button("Sign out").First);
        await Expect(page.GetByText("Welcome back")).ToBeVisibleAsync();
        Assert.Equal(0, await SubscriptionsAsync(chat));
        Assert.True(await page.EvaluateAsync<bool>("unsubscribed"));
        chat.Page.AssertNoProblems();
    }

    [Fact]
    public async Task Service_worker_shows_what_is_pushed_and_leads_to_it()
    {
        await using var chat = await OpenAsync();
        await chat.Page.Button("Turn on").ClickAsync();
        await Expect(chat.Page.Page.GetByText("Shall this device notify you")).ToHaveCountAsync(0);
        await using var worker = await WebWorker.AttachAsync(chat.Context, server.Address);
        await CountShownAsync(worker);
        // A page that is looked at shows by itself what comes.
        var blank = chat.Page.Page;
        await blank.GotoAsync("about:blank");
        var message = JsonSerializer.Serialize(new { type = "message.received", conversationId = chat.Id, title = "Ben", body = "Are you there?", badge = 3 });
        await DeliverAsync(blank, server.Address, message);
        await DeliverAsync(blank, server.Address, JsonSerializer.Serialize(new { type = "request.received", requestId = "r1", badge = 3 }));
        Assert.Equal([$"Ben|Are you there?|chats/{chat.Id}", "New message request||requests/r1"], await ShownAsync(worker, shown: 2, left: 2));

        // Without a page a window is opened. The browser opens one for a real click alone, so that its address is all there is here.
        await worker.RunAsync("void (globalThis.opening = new Promise((opened) => { clients.openWindow = async (address) => opened(address); }))");
        await ClickAsync(worker, "Ben");
        Assert.Equal($"./#chats/{chat.Id}", (await worker.RunAsync("opening")).GetString());
        Assert.Equal(["New message request||requests/r1"], await ShownAsync(worker, shown: 2, left: 1));

        // An open page is led to the chat.
        await DeliverAsync(blank, server.Address, message);
        Assert.Equal(2, (await ShownAsync(worker, shown: 3, left: 2)).Length);
        var page = await InboxPage.OpenAsync(chat.Context, server.Address, "#settings");
        await Expect(page.Page.Locator("#settings-data")).ToBeVisibleAsync();
        await ClickAsync(worker, "Ben");
        await Expect(page.Bubbles.First).ToBeVisibleAsync();
        Assert.EndsWith($"#chats/{chat.Id}", page.Page.Url);
        Assert.Equal(["New message request||requests/r1"], await ShownAsync(worker, shown: 3, left: 1));
    }

    [Fact]
    public async Task Page_can_be_installed()
    {
        WebBrowser.RequireFiles();
        var manifest = await server.HttpAsync("GET", "/chathub.webmanifest", Credentials.None);
        Assert.Equal("application/manifest+json", manifest.ContentType?.MediaType);
        foreach (var icon in manifest.Json.GetProperty("icons").EnumerateArray())
        {
            var file = await server.HttpAsync("GET", $"/{icon.GetProperty("src").GetString()}", Credentials.None);
            Assert.Equal(icon.GetProperty("type").GetString(), file.ContentType?.MediaType);
        }

        await using var context = await browser.NewContextAsync();
        var page = await InboxPage.OpenAsync(context, server.Address);
        var session = await context.NewCDPSessionAsync(page.Page);
        var errors = (await session.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors");
        // A context of the browser's tests is like a private window, which installs nothing.
        Assert.DoesNotContain(errors.EnumerateArray(), error => error.GetProperty("errorId").GetString() is not "in-incognito");
    }

    private async Task<WebChat> OpenAsync()
    {
        var chat = await WebChat.OpenAsync(browser, server, equip: async context =>
        {
            await context.GrantPermissionsAsync(["notifications"]);
            await context.AddInitScriptAsync(PushServiceStub);
        });
        return chat;
    }

    private async Task<int> SubscriptionsAsync(WebChat chat) =>
        (await server.Database.ListAsync<int>("SELECT COUNT(*) FROM push_subscriptions s JOIN users u ON u.user_key = s.user_key WHERE u.user_id = @id", new { id = chat.User.Id }))[0];

    private static Task<JsonElement> ClickAsync(WebWorker worker, string title) =>
        worker.RunAsync($"registration.getNotifications().then((all) => dispatchEvent(new NotificationEvent('notificationclick', {{ notification: all.find((one) => one.title === '{title}') }})))");

    private static Task<JsonElement> CountShownAsync(WebWorker worker) => worker.RunAsync("""
        void (() => {
          const show = registration.showNotification.bind(registration);
          globalThis.shown = 0;
          registration.showNotification = async (...all) => {
            await show(...all);
            shown++;
          };
        })()
        """);

    /// <summary>
    /// What is left, once it is as many. Asked only when all are shown: Chromium, asked while it shows one, takes that for
    /// closed and forgets it.
    /// </summary>
    private static async Task<string[]> ShownAsync(WebWorker worker, int shown, int left) =>
        [.. (await worker.RunAsync($$"""
            (async () => {
              for (;;) {
                const all = shown === {{shown}} ? await registration.getNotifications() : [];
                if (all.length === {{left}}) return all.map((one) => `${one.title}|${one.body}|${one.data.path}`).sort();
                await new Promise((done) => setTimeout(done, 50));
              }
            })()
            """)).EnumerateArray().Select(one => one.GetString()!)];

    private static async Task DeliverAsync(IPage page, Uri address, string data)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var registration = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, update) =>
        {
            foreach (var one in update!.Value.GetProperty("registrations").EnumerateArray())
            {
                if (one.GetProperty("scopeURL").GetString() == address.AbsoluteUri)
                    registration.TrySetResult(one.GetProperty("registrationId").GetString()!);
            }
        };
        await session.SendAsync("ServiceWorker.enable");
        await session.SendAsync("ServiceWorker.deliverPushMessage", new()
        {
            ["origin"] = address.GetLeftPart(UriPartial.Authority),
            ["registrationId"] = await registration.Task.SoonAsync(),
            ["data"] = data,
        });
    }
}
