using ChatHub.Tests.Infrastructure;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>What people can write neither runs nor breaks the layout.</summary>
[Collection(WebCollection.Name)]
public sealed class HostileTextTests(WebBrowser browser, SharedServer server)
{
    private static readonly string[] Texts =
    [
        "<script>window.hacked = true</script><img src=x onerror='window.hacked = true'>",
        "{{constructor.constructor('window.hacked = true')()}} ${window.hacked = true}",
        "javascript:window.hacked=true data:text/html,<script>window.hacked=true</script> https://example.org/\"onmouseover=\"window.hacked=true",
        new('W', 3_000),
        string.Concat(Enumerable.Repeat("e\u0301\u0302\u0303", 200)),
        "שלום \u202Egnp.exe\u202C ومرحبا https://example.org/\u202Egnp.exe",
        string.Concat(Enumerable.Repeat("a\u200B\u200D\u2060", 400)),
        string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦🏳️‍🌈", 60)),
        string.Join('\n', Enumerable.Repeat("line", 80)),
        "https://example.org/" + new string('a', 1_500),
    ];

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Text_of_any_kind_is_shown_as_text(string screen)
    {
        await using var chat = await WebChat.OpenAsync(browser, server, Screens.Of(screen), async (_, peer, id) =>
        {
            foreach (var text in Texts)
                await peer.SayAsync(id, text);
        });

        await Expect(chat.Page.Bubbles).ToHaveCountAsync(1 + Texts.Length);
        await Expect(chat.Page.Page.GetByText("<script>").First).ToBeVisibleAsync();
        Assert.False(await chat.Page.Page.EvaluateAsync<bool>("'hacked' in window"));
        Assert.Equal(0, await chat.Page.Page.EvaluateAsync<int>("document.querySelector('chathub-inbox').shadowRoot.querySelectorAll('.bubble img, .bubble script, .bubble a:not([href^=\"https://example.org/\"])').length"));
        await chat.Page.AssertNoSidewaysScrollAsync();
        chat.Page.AssertNoProblems();
    }

    [Fact]
    public async Task Name_with_markup_is_shown_as_text()
    {
        await using var context = await browser.NewContextAsync(Screens.Phone());
        var account = await Account.SignUpAsync(server, "anna");
        var peer = await Account.BringAsync(server, new()
        {
            Username = Account.UniqueName("x"),
            DisplayName = "<b onclick=alert(1)>B</b> مرحبا WWWWWWWWWWWWWW",
            BirthDate = "1990-05-17",
        });
        await using (var device = await account.ConnectAsync())
        await using (var other = await peer.ConnectAsync())
            await device.AcceptAsync((await other.RequestAsync(device)).Request.RequestId);

        var page = await InboxPage.SignInAsync(context, server.Address, account);
        await page.Row("<b onclick=alert(1)>").ClickAsync();
        await Expect(page.Bubbles).ToHaveCountAsync(1);
        await page.AssertNoSidewaysScrollAsync();
        page.AssertNoProblems();
    }
}
