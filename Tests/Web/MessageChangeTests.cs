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

    [Fact]
    public async Task Any_emoji_is_found_and_reacted_with_by_mouse_and_by_keyboard()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var page = chat.Page;

        await ActAsync(page, "More reactions");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Activities" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "party popper" }).ClickAsync();
        await Expect(page.Page.Locator(".reaction")).ToHaveTextAsync("🎉");
        Assert.Equal("🎉", Assert.Single((await chat.Peer.NextAsync<MessageChanged>()).Message.Reactions!).Emoji);

        // The log, the last bubble, its actions, the search, the grid.
        var keys = page.Page.Keyboard;
        await page.Page.Locator(".thread").FocusAsync();
        await keys.PressAsync("ArrowUp");
        await TabToAsync(page, "More reactions");
        await keys.PressAsync("Enter");
        await Expect(page.Page.GetByLabel("Search emoji")).ToBeFocusedAsync();
        await page.Page.GetByLabel("Skin tone").SelectOptionAsync("3");
        await page.Page.GetByLabel("Search emoji").FocusAsync();
        await keys.TypeAsync("thumbs");
        await keys.PressAsync("ArrowDown");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "thumbs up" })).ToBeFocusedAsync();
        await keys.PressAsync("ArrowRight");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "thumbs down" })).ToBeFocusedAsync();
        await keys.PressAsync("Home");
        await keys.PressAsync("Enter");
        await Expect(page.Page.Locator(".reaction")).ToHaveTextAsync("👍🏽");

        // What was used last is at hand.
        await ActAsync(page, "More reactions");
        await Expect(page.Page.GetByRole(AriaRole.Group, new() { Name = "Recent" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(2);
        await keys.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Receipts_are_set_for_one_chat()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var page = chat.Page;

        await ChooseAsync(page, "Seen receipts");
        await Expect(page.Page.GetByLabel("As in your settings")).ToBeCheckedAsync();
        await page.Page.GetByLabel("Off", new() { Exact = true }).CheckAsync();
        await Expect(page.Page.GetByLabel("Off", new() { Exact = true })).ToBeCheckedAsync();
        await page.Button("Close").ClickAsync();
        await chat.Peer.SayAsync(chat.Id, "Do you see this?");
        await Expect(page.Bubbles.Last).ToContainTextAsync("Do you see this?");
        await using (var device = await chat.User.ConnectAsync())
            Assert.Equal(ReceiptSetting.Off, (await device.Hub.GetConversation(new() { ConversationId = chat.Id })).SendSeenReceipts);

        await ChooseAsync(page, "Seen receipts");
        await page.Page.GetByLabel("On", new() { Exact = true }).CheckAsync();
        await page.Button("Close").ClickAsync();
        await chat.Peer.SayAsync(chat.Id, "And this?");
        // The first mark that the peer gets is the one of what came after.
        Assert.Equal(3, (await chat.Peer.NextAsync<MessagesSeen>()).Seq);
        page.AssertNoProblems();
    }

    [Fact]
    public async Task Keyboard_alone_replies_edits_reacts_removes_and_orders_a_chat()
    {
        await using var chat = await WebChat.OpenAsync(browser, server);
        var page = chat.Page;
        var keys = page.Page.Keyboard;

        await FromBubbleAsync("Reply");
        await Expect(page.Composer).ToBeFocusedAsync();
        await keys.TypeAsync("At lowest water");
        await keys.PressAsync("Enter");
        Assert.Equal(1, (await chat.NextMessageAsync()).ReplyToSeq);
        await Expect(page.Page.Locator(".meta .state").Last).ToHaveTextAsync("Sent");
        await FromBubbleAsync("Edit");
        await Expect(page.Composer).ToBeFocusedAsync();
        await keys.PressAsync("End");
        await keys.TypeAsync(", with a pencil");
        await keys.PressAsync("Enter");
        Assert.Equal("At lowest water, with a pencil", (await chat.Peer.NextAsync<MessageChanged>()).Message.Text);
        await FromBubbleAsync("React ❤️");
        await Expect(page.Page.Locator(".reaction")).ToHaveTextAsync("❤️");
        await FromBubbleAsync("Remove for both");
        await Expect(page.Bubbles.Last).ToContainTextAsync("This message was removed");

        await FromMenuAsync("Pin");
        await Expect(page.Row("Ben").GetByRole(AriaRole.Img, new() { Name = "Pinned" })).ToBeVisibleAsync();
        await FromMenuAsync("Mute");
        await Expect(page.Row("Ben").GetByRole(AriaRole.Img, new() { Name = "Muted" })).ToBeVisibleAsync();
        await FromMenuAsync("Seen receipts");
        await page.Page.GetByLabel("Off", new() { Exact = true }).PressAsync("Space");
        await Expect(page.Page.GetByLabel("Off", new() { Exact = true })).ToBeCheckedAsync();
        await page.Button("Close").PressAsync("Enter");
        await using (var device = await chat.User.ConnectAsync())
            await TestTimeouts.EventuallyAsync(async () => (await device.Hub.GetConversation(new() { ConversationId = chat.Id })).SendSeenReceipts == ReceiptSetting.Off);
        await FromMenuAsync("Clear this chat");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(page.Bubbles).ToHaveCountAsync(0);
        await FromMenuAsync("Archive");
        await Expect(page.Button("Archived chats")).ToBeVisibleAsync();
        page.AssertNoProblems();

        async Task FromBubbleAsync(string action)
        {
            await page.Page.Locator(".thread").FocusAsync();
            await keys.PressAsync("ArrowUp");
            await TabToAsync(page, action);
            await keys.PressAsync("Enter");
        }

        async Task FromMenuAsync(string item)
        {
            await page.Button("Chat options").FocusAsync();
            await keys.PressAsync("Enter");
            var wanted = page.Page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true });
            for (var i = 0; i < 12 && !await wanted.EvaluateAsync<bool>("node => node.matches(':focus')"); i++)
                await keys.PressAsync("ArrowDown");
            await keys.PressAsync("Enter");
        }
    }

    private static async Task TabToAsync(InboxPage page, string name)
    {
        for (var i = 0; i < 12; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<string?>("document.querySelector('chathub-inbox').shadowRoot.activeElement?.getAttribute('aria-label')") == name)
                return;
        }

        Assert.Fail($"Tab never reaches {name}.");
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
