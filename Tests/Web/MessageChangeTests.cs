using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>Replies, reactions, edits and removals of messages, and what one side sets for a chat.</summary>
[Collection(WebCollection.Name)]
public sealed class MessageChangeTests(WebBrowser browser, SharedServer server)
{
    [Fact]
    public async Task Message_is_answered_reacted_to_edited_and_removed_live()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var page = chat.Page;

        await page.Bubbles.First.HoverAsync();
        await page.Page.Locator(".thread li").Filter(new() { Has = page.Bubbles.First }).GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Expect(page.Page.GetByText("Reply to Ben")).ToBeVisibleAsync();
        await page.SendAsync("At lowest water");
        Assert.Equal(1, (await chat.NextMessageAsync()).ReplyToSeq);
        await Expect(page.Bubbles.Last.Locator(".quote")).ToContainTextAsync("I read your guide");

        await ActAsync(page, "Edit");
        await Expect(page.Composer).ToHaveValueAsync("At lowest water");
        await page.SendAsync("At the lowest water");
        Assert.Equal("At the lowest water", (await chat.Peer.NextAsync<MessageChanged>()).Message.Text);
        await Expect(page.Page.GetByText("edited", new() { Exact = true })).ToBeVisibleAsync();

        await chat.Peer.Hub.React(new() { ConversationId = chat.Id, Seq = 2, Emoji = "👍" });
        await Expect(page.Page.Locator(".reaction")).ToHaveTextAsync("👍");
        await page.Page.Locator(".reaction").ClickAsync();
        await Expect(page.Page.Locator(".reaction")).ToHaveTextAsync("👍 2");

        await ActAsync(page, "Remove for both");
        await Expect(page.Bubbles.Last).ToContainTextAsync("This message was removed");
        await Expect(page.Page.Locator(".reaction")).ToHaveCountAsync(0);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Chat_is_pinned_muted_archived_and_cleared_by_its_menu()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var page = chat.Page;

        await ChooseAsync(page, "Pin");
        await Expect(page.Row("Ben").GetByRole(AriaRole.Img, new() { Name = "Pinned" })).ToBeVisibleAsync();
        await ChooseAsync(page, "Mute");
        await Expect(page.Row("Ben").GetByRole(AriaRole.Img, new() { Name = "Muted" })).ToBeVisibleAsync();
        await ChooseAsync(page, "Clear this chat");
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Clear this chat" }).ClickAsync();
        await Expect(page.Bubbles).ToHaveCountAsync(0);
        await ChooseAsync(page, "Archive");
        await page.Button("Archived chats").ClickAsync();
        await Expect(page.Row("Ben")).ToBeVisibleAsync();
        await chat.Peer.SayAsync(chat.Id, "Back again");
        await page.Button("Chats").First.ClickAsync();
        await Expect(page.Row("Ben")).ToContainTextAsync("Back again");
        page.AssertNoProblems();
    }

    private static async Task ActAsync(InboxPage page, string action)
    {
        await page.Bubbles.Last.HoverAsync();
        await page.Page.Locator(".thread li[data-seq]").Last.GetByRole(AriaRole.Button, new() { Name = action }).ClickAsync();
    }

    private static async Task ChooseAsync(InboxPage page, string item)
    {
        await page.Button("Chat options").ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }
}
