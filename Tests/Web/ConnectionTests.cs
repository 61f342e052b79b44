using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>The web inbox while connections break, servers stop and several tabs are open.</summary>
[Collection(WebCollection.Name)]
public sealed class ConnectionTests(WebBrowser browser, SharedServer shared)
{
    [Fact]
    public async Task Message_written_offline_is_sent_once()
    {
        await using var chat = await WebChat.OpenAsync(browser, shared);

        await chat.Context.SetOfflineAsync(true);
        await Expect(chat.Page.Page.GetByText("You are offline")).ToBeVisibleAsync();
        await chat.Page.SendAsync("written offline");
        await Expect(chat.Page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sending…");
        await chat.Context.SetOfflineAsync(false);

        Assert.Equal("written offline", (await chat.NextMessageAsync()).Text);
        await Expect(chat.Page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        await chat.Page.SendAsync("written after");
        Assert.Equal("written after", (await chat.NextMessageAsync()).Text);
        await Expect(chat.Page.Bubbles).ToHaveCountAsync(3);
        await Expect(chat.Page.Page.Locator(".banner")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Server_that_restarts_loses_and_doubles_nothing()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var chat = await WebChat.OpenAsync(browser, server);

        await server.KillAsync();
        await Expect(chat.Page.Page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await chat.Page.SendAsync("while it was away");
        await Expect(chat.Page.Bubbles).ToHaveCountAsync(2);
        await server.RestartAsync();

        await Expect(chat.Page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        await Expect(chat.Page.Bubbles).ToHaveCountAsync(2);
        await using var peer = await chat.Peer.Account.ConnectAsync();
        var texts = (await peer.Hub.GetMessages(new() { ConversationId = chat.Id })).Items.Select(message => message.Text);
        Assert.Equal(["I read your guide to tide maps. Where do you begin?", "while it was away"], texts);
    }

    [Fact]
    public async Task Peer_who_left_while_there_was_no_connection_is_not_shown_as_online()
    {
        await using var chat = await WebChat.OpenAsync(browser, shared);
        await using var other = await chat.User.ConnectAsync();
        var dot = chat.Page.Page.Locator(".who .presence");
        await Expect(dot).ToBeVisibleAsync();
        // From now on the profile alone says so, and no event.
        await chat.Page.Page.ReloadAsync();
        await Expect(dot).ToBeVisibleAsync();

        await chat.Context.SetOfflineAsync(true);
        await Expect(chat.Page.Page.GetByText("You are offline")).ToBeVisibleAsync();
        await chat.Peer.DisposeAsync();
        // Announced, too, by then. Its event is for those who are connected, and a device that a busy machine made reconnect would miss it.
        await TestTimeouts.EventuallyAsync(async () => (await other.ProfileAsync(chat.Peer)).IsOnline is false);

        await chat.Context.SetOfflineAsync(false);
        await Expect(dot).ToHaveCountAsync(0);
        await Expect(chat.Page.Page.Locator(".who")).ToContainTextAsync("Last seen");
    }

    [Fact]
    public async Task Second_tab_follows_the_first()
    {
        await using var chat = await WebChat.OpenAsync(browser, shared);
        var second = await InboxPage.OpenAsync(chat.Context, shared.Address, $"#chats/{chat.Id}");
        await Expect(second.Bubbles).ToHaveCountAsync(1);

        await chat.Page.SendAsync("from the first tab");
        await Expect(second.Bubbles.Nth(1)).ToContainTextAsync("from the first tab");
        await second.SendAsync("from the second tab");
        await Expect(chat.Page.Bubbles.Nth(2)).ToContainTextAsync("from the second tab");
        await chat.Peer.NextAsync<MessageReceived>();
        await chat.Peer.NextAsync<MessageReceived>();
        await chat.Peer.SeeAsync(chat.Id, 3);
        await Expect(second.Page.Locator(".meta .state").Last).ToHaveTextAsync("Seen");

        // Whichever of them has the connection: the other takes it over.
        await chat.Page.Page.CloseAsync();
        await second.SendAsync("from the last tab");
        Assert.Equal("from the last tab", (await chat.NextMessageAsync()).Text);
        second.AssertNoProblems();
    }

    [Fact]
    public async Task Five_tabs_share_one_connection_and_show_the_same()
    {
        await using var server = await LiveServer.StartAsync(("Limits:ConnectionsPerUser", "2"));
        await using var chat = await WebChat.OpenAsync(browser, server);
        List<InboxPage> tabs = [chat.Page];
        for (var i = 0; i < 4; i++)
            tabs.Add(await InboxPage.OpenAsync(chat.Context, server.Address, $"#chats/{chat.Id}"));
        foreach (var tab in tabs)
            await Expect(tab.Bubbles).ToHaveCountAsync(1);

        await chat.Peer.SayAsync(chat.Id, "to all tabs");
        Assert.Equal(2, (await chat.Peer.NextAsync<MessagesSeen>()).Seq);
        for (var i = 0; i < tabs.Count; i++)
        {
            await tabs[i].Page.BringToFrontAsync();
            await tabs[i].SendAsync($"from tab {i}");
            Assert.Equal($"from tab {i}", (await chat.NextMessageAsync()).Text);
        }

        string[] texts = ["I read your guide to tide maps. Where do you begin?", "to all tabs", .. Enumerable.Range(0, 5).Select(i => $"from tab {i}")];
        foreach (var tab in tabs)
        {
            await Expect(tab.Page.Locator(".bubble .said")).ToHaveTextAsync(texts);
            await Expect(tab.Page.Locator(".banner")).ToHaveCountAsync(0);
        }

        // Each that has the connection is closed in turn: another one takes it over.
        await tabs[4].Page.BringToFrontAsync();
        for (var i = 0; i < 4; i++)
        {
            await tabs[i].Page.CloseAsync();
            await tabs[4].SendAsync($"without tab {i}");
            Assert.Equal($"without tab {i}", (await chat.NextMessageAsync()).Text);
        }

        await Expect(tabs[4].Bubbles).ToHaveCountAsync(texts.Length + 4);
        tabs[4].AssertNoProblems();
    }

    [Fact]
    public async Task Unsent_message_survives_a_reload()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var chat = await WebChat.OpenAsync(browser, server);

        await server.KillAsync();
        await Expect(chat.Page.Page.GetByText("Reconnecting…")).ToBeVisibleAsync();
        await chat.Page.SendAsync("kept by the browser");
        await Expect(chat.Page.Bubbles).ToHaveCountAsync(2);
        await server.RestartAsync();
        await chat.Page.Page.ReloadAsync();

        await Expect(chat.Page.Bubbles).ToHaveCountAsync(2);
        await Expect(chat.Page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
    }
}
