using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Web;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.WebSdk;

/// <summary>The web SDK in several tabs of a real browser, with the inbox on top.</summary>
[Collection(WebCollection.Name)]
public sealed class TabsTests(WebBrowser browser, SharedServer server)
{
    private const int Followers = 4;

    [Fact]
    public async Task Five_tabs_have_one_connection_and_another_takes_over_when_the_leader_crashes()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var sockets = 0;
        chat.Context.Page += (_, page) => page.WebSocket += (_, socket) =>
        {
            Interlocked.Increment(ref sockets);
            socket.Close += (_, _) => Interlocked.Decrement(ref sockets);
        };
        var followers = new List<InboxPage>();
        for (var i = 0; i < Followers; i++)
            followers.Add(await InboxPage.OpenAsync(chat.Context, server.Address, $"#chats/{chat.Id}"));
        foreach (var tab in followers)
            await Expect(tab.Bubbles).ToHaveCountAsync(1);
        Assert.Equal(0, sockets);

        await chat.Peer.SayAsync(chat.Id, "to all");
        foreach (var tab in followers)
            await Expect(tab.Bubbles.Nth(1)).ToContainTextAsync("to all");
        var crashed = new TaskCompletionSource();
        chat.Page.Page.Crash += (_, _) => crashed.TrySetResult();
        _ = chat.Page.Page.GotoAsync("chrome://crash").ContinueWith(navigation => navigation.Exception, TaskScheduler.Default);
        await crashed.Task.SoonAsync();
        await chat.Peer.SayAsync(chat.Id, "while no tab is connected");
        await followers[0].SendAsync("from a tab that followed");
        // Blue: stored, and so before what the peer says next.
        await Expect(followers[^1].Bubbles.Filter(new() { HasText = "from a tab that followed" })).ToHaveClassAsync("bubble sent");
        await chat.Peer.SayAsync(chat.Id, "afterwards");

        foreach (var tab in followers)
        {
            await Expect(tab.Bubbles).ToHaveCountAsync(5);
            await Expect(tab.Bubbles.Nth(4)).ToContainTextAsync("afterwards");
            tab.AssertNoProblems();
        }

        Assert.Equal(1, sockets);
    }
}
