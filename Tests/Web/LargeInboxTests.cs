using ChatHub.Tests.Infrastructure;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>50,000 messages, 5,000 chats and 1,000 requests scroll with a bounded number of nodes in the document.</summary>
[Collection(WebCollection.Name)]
public sealed class LargeInboxTests(WebBrowser browser)
{
    // Several screens of rows on each side of what can be seen.
    private const int MaxNodes = 3_000;
    private static readonly int[] WheelSteps = [200, 400];

    // Scrolls up step by step: the most nodes there were, the furthest that a row was from where the scrolling had to bring it.
    private const string ScrollUp = """
        async ([steps, by]) => {
          const root = document.querySelector('chathub-inbox').shadowRoot;
          const box = root.querySelector('.thread');
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          let nodes = 0, jump = 0, where = '';
          for (let i = 0; i < steps; i++) {
            const top = box.getBoundingClientRect().top;
            const anchor = [...box.querySelectorAll('li[data-seq]')].find((row) => row.getBoundingClientRect().bottom > top);
            const { seq } = anchor.dataset;
            const from = anchor.getBoundingClientRect().top;
            const distance = Math.min(by, box.scrollTop);
            box.scrollTop -= distance;
            await frame();
            await frame();
            // At the top the next page is being loaded.
            for (const since = performance.now(); box.scrollTop === 0 && performance.now() - since < 5_000; ) await frame();
            const off = Math.abs(box.querySelector(`li[data-seq="${seq}"]`).getBoundingClientRect().top - from - distance);
            if (off > jump) where = `step ${i}, #${seq}`;
            jump = Math.max(jump, off);
            nodes = Math.max(nodes, root.querySelectorAll('*').length);
          }
          return { nodes, jump, where, seq: Number(box.querySelector('li[data-seq]').dataset.seq) };
        }
        """;

    [Fact]
    public async Task Chats_requests_and_messages_scroll_with_bounded_nodes()
    {
        await using var server = await LiveServer.StartAsync();
        await using var context = await browser.NewContextAsync();
        var account = await Account.SignUpAsync(server, "anna");
        await LargeInbox.FillAsync(server.Database, account);
        var page = await InboxPage.SignInAsync(context, server.Address, account);

        // The whole inbox is there once the requests are, which are read last.
        await page.RequestsTab.ClickAsync();
        await Expect(page.Row("Request 1000:")).ToBeVisibleAsync();
        await ScrollListAsync(page, "Request 1:");
        await page.Page.Locator(".tabs").First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Row(LargeInbox.NameOf(LargeInbox.Chats))).ToBeVisibleAsync();
        await ScrollListAsync(page, LargeInbox.NameOf(1));

        await page.Row(LargeInbox.NameOf(LargeInbox.Chats)).ClickAsync();
        await Expect(page.Bubbles.Last).ToContainTextAsync($"Message {LargeInbox.LongChat}");
        var scrolled = await page.Page.EvaluateAsync<Scrolled>(ScrollUp, WheelSteps);
        Assert.InRange(scrolled.Nodes, 1, MaxNodes);
        Assert.True(scrolled.Jump <= 1, $"{scrolled.Jump} pixels at {scrolled.Where}");
        Assert.InRange(scrolled.Seq, 1, LargeInbox.LongChat - 800);
        await page.Button("Jump to latest", exact: false).ClickAsync();
        await Expect(page.Bubbles.Last).ToContainTextAsync($"Message {LargeInbox.LongChat}");
        await Expect(page.Bubbles.Last).ToBeInViewportAsync();
        page.AssertNoProblems();
    }

    private sealed record Scrolled
    {
        public int Nodes { get; init; }
        public double Jump { get; init; }
        public string Where { get; init; } = "";
        public int Seq { get; init; }
    }

    // By the keyboard from one end to the other, and page by page between.
    private static async Task ScrollListAsync(InboxPage page, string last)
    {
        await page.Page.Locator(".list .item").First.FocusAsync();
        for (var i = 0; i < 20; i++)
        {
            await page.Page.Keyboard.PressAsync("PageDown");
            await AssertBoundedAsync(page);
        }

        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Row(last)).ToBeFocusedAsync();
        await AssertBoundedAsync(page);
        await page.Page.Keyboard.PressAsync("Home");
        await AssertBoundedAsync(page);
    }

    private static async Task AssertBoundedAsync(InboxPage page) =>
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.querySelector('chathub-inbox').shadowRoot.querySelectorAll('*').length"), 1, MaxNodes);
}
