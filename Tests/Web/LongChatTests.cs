using ChatHub.Tests.Infrastructure;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatHub.Tests.Web;

/// <summary>Long chats and lists keep a bounded number of nodes in the document and never jump.</summary>
[Collection(WebCollection.Name)]
public sealed class LongChatTests(WebBrowser browser, SharedServer server)
{
    private const int Messages = 400;
    private const int MaxRows = 120;
    private const string Rows = "document.querySelector('chathub-inbox').shadowRoot.querySelectorAll('.thread li[data-key]').length";
    private const string Top = "document.querySelector('chathub-inbox').shadowRoot.querySelector('.thread').scrollTop";

    [Fact]
    public async Task Long_chat_scrolls_to_its_beginning_with_bounded_nodes()
    {
        await using var chat = await WebChat.OpenAsync(browser, server, prepare: async (user, peer, id) =>
        {
            for (var i = 2; i <= Messages; i++)
                await (i % 3 == 0 ? user : peer).SayAsync(id, $"Message {i} {new string('x', i % 7 * 40)}");
            await user.SeeAsync(id, Messages);
        });
        await Expect(chat.Page.Bubbles.Last).ToContainTextAsync($"Message {Messages}");
        await chat.Page.Page.Locator(".thread").HoverAsync();

        var reached = new HashSet<string>();
        while (!await chat.Page.Page.GetByText("This is the beginning of your chat").IsVisibleAsync() || await chat.Page.Page.EvaluateAsync<double>(Top) > 0)
        {
            TestTimeouts.Token.ThrowIfCancellationRequested();
            await chat.Page.Page.Mouse.WheelAsync(0, -500);
            await chat.Page.Page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await SeeRowsAsync();
        }

        // The last page may have come since the rows were looked at.
        await SeeRowsAsync();
        Assert.Equal(Messages, reached.Count);
        await chat.Page.Button("Jump to latest", exact: false).ClickAsync();
        await Expect(chat.Page.Bubbles.Last).ToContainTextAsync($"Message {Messages}");
        await Expect(chat.Page.Bubbles.Last).ToBeInViewportAsync();

        async Task SeeRowsAsync()
        {
            Assert.InRange(await chat.Page.Page.EvaluateAsync<int>(Rows), 1, MaxRows);
            reached.UnionWith(await chat.Page.Page.EvaluateAsync<string[]>("[...document.querySelector('chathub-inbox').shadowRoot.querySelectorAll('.thread li[data-seq]')].map((row) => row.dataset.seq)"));
        }
    }

    [Fact]
    public async Task Message_that_arrives_while_reading_moves_nothing()
    {
        await using var chat = await WebChat.OpenAsync(browser, server, prepare: async (user, peer, id) =>
        {
            for (var i = 2; i <= 60; i++)
                await peer.SayAsync(id, $"Message {i}");
            await user.SeeAsync(id, 60);
        });
        await chat.Page.Page.EvaluateAsync("document.querySelector('chathub-inbox').shadowRoot.querySelector('.thread').scrollTop = 900");
        await Expect(chat.Page.Button("Jump to latest", exact: false)).ToBeVisibleAsync();
        var before = await TopOfAsync(chat, 30);

        await chat.Peer.SayAsync(chat.Id, "something new");
        await Expect(chat.Page.Button("1 new message", exact: false)).ToBeVisibleAsync();
        Assert.Equal(before, await TopOfAsync(chat, 30));
        await chat.Page.Button("1 new message", exact: false).ClickAsync();
        await Expect(chat.Page.Bubbles.Last).ToBeInViewportAsync();
        await chat.Peer.NextAsync<Contracts.MessagesSeen>();
    }

    private static Task<double> TopOfAsync(WebChat chat, int seq) =>
        chat.Page.Page.EvaluateAsync<double>("seq => document.querySelector('chathub-inbox').shadowRoot.querySelector(`.thread li[data-seq='${seq}']`).getBoundingClientRect().top", seq);
}
