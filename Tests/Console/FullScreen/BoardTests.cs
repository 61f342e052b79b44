using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Rendering;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>What the full screen shows, without a terminal.</summary>
public sealed class BoardTests
{
    private readonly Board _board = new();

    public BoardTests()
    {
        _board.SignIn(Sample.Card("alice"));
        _board.Link = LinkState.Connected;
        Apply(new InboxCleared(), new ConversationUpdate(Chat(lastSeq: 0)), new InboxReady());
    }

    [Fact]
    public void A_request_shows_a_red_dot_in_its_folder_until_it_is_removed()
    {
        Apply(new RequestUpdate(Sample.Request("Coffee?")), new BadgesUpdate(new() { PendingRequests = 1 }));
        Assert.Contains("● Requests (1)", Painted());
        Assert.Contains("    alice: Coffee?", Painted());

        Apply(new RequestRemovedUpdate("r"), new BadgesUpdate(new()));
        Assert.Contains("  Requests (0)", Painted());
    }

    [Fact]
    public void An_own_message_turns_from_blue_to_green_where_it_stands()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "One", "alice"), Added(2, "Two", "bob"), Added(3, "Three", "alice"));
        Assert.Equal(["you: One ✓ sent", "bob: Two", "you: Three ✓ sent"], Messages());

        Apply(new SeenUpdate("c", "id-bob", 1, Sample.Noon, 0));

        Assert.Equal(["you: One ✓✓ seen", "bob: Two", "you: Three ✓ sent"], Messages());
        Assert.Equal([Tone.Green, Tone.Plain, Tone.Blue], Frame().Rows.Where(row => row.Spans[0].Text == "12:00").Select(row => row.Spans[^1].Tone));
    }

    [Fact]
    public void History_is_put_before_what_is_there_and_nothing_twice()
    {
        var chat = new ChatView(Chat(lastSeq: 4), "id-alice");
        chat.Add([Sample.Message(3, "3"), Sample.Message(4, "4")]);
        chat.Apply(Added(5, "5", "bob"));
        chat.Add([Sample.Message(1, "1"), Sample.Message(2, "2"), Sample.Message(3, "3")]);

        Assert.Equal(["1", "2", "3", "4", "5"], chat.Messages.Select(message => message.Text));
        Assert.False(chat.HasEarlier);
        Assert.Equal(5, chat.LastOfPeer);
    }

    [Fact]
    public void Typing_is_shown_for_five_seconds_or_until_the_message_comes()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        _board.Apply(new TypingUpdate("c", "id-bob"), Sample.Noon);

        Assert.True(_board.IsTyping(Sample.Noon.AddSeconds(4.9)));
        Assert.False(_board.IsTyping(Sample.Noon.AddSeconds(5)));
        Apply(Added(1, "There", "bob"));
        Assert.False(_board.IsTyping(Sample.Noon));
    }

    [Fact]
    public void Without_a_connection_nobody_is_online()
    {
        Apply(new PresenceUpdate("id-bob", IsOnline: true, LastSeenAt: null));
        Assert.True(_board.IsOnline("id-bob"));

        _board.Link = LinkState.Reconnecting;

        Assert.False(_board.IsOnline("id-bob"));
        Assert.Contains("offline, trying again", Painted()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 50)]
    [InlineData(40, 10)]
    [InlineData(10, 3)]
    [InlineData(1, 1)]
    public void Every_frame_fits_its_terminal(int width, int height)
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        _board.Tips = ["a long piece of advice that says a lot"];
        Apply(Added(1, string.Concat(Enumerable.Repeat("你好 😀 שלום wordthatislong ", 20)), "bob"), Added(2, "👩‍👩‍👧", "alice"));

        var frame = Frame(width, height);

        Assert.InRange(frame.Rows.Count, 1, Math.Max(1, height));
        Assert.All(frame.Rows, row => Assert.InRange(row.Spans.Sum(span => Wrapping.Width(span.Text)), 0, Math.Max(10, width)));
    }

    [Fact]
    public void Escape_goes_from_answers_to_the_chat_and_then_to_the_inbox()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        _board.Answer("an answer");
        Assert.Equal(BoardPage.Answers, _board.Page);
        _board.GoBack();
        Assert.Equal(BoardPage.Chat, _board.Page);
        _board.GoBack();
        Assert.Equal(BoardPage.Inbox, _board.Page);
    }

    private void Apply(params Update[] updates)
    {
        foreach (var update in updates)
            _board.Apply(update, Sample.Noon);
    }

    private List<string> Messages() => [.. Painted().Where(row => row.StartsWith("12:00 ", StringComparison.Ordinal)).Select(row => row[6..])];

    private List<string> Painted() => [.. Frame().Rows.Select(row => AnsiText.Of(row, colors: false))];

    private Frame Frame(int width = 80, int height = 24) =>
        BoardPainter.Paint(_board, new InputLine(new LineEditor(), "> "), [], Sample.Noon, (width, height));

    private static MessageUpdate Added(long seq, string text, string sender) => new(Sample.Message(seq, text, sender), UnreadCount: 0);

    private static Conversation Chat(long lastSeq) => new()
    {
        ConversationId = "c",
        Peer = Sample.Card("bob"),
        State = ConversationState.Open,
        LastSeq = lastSeq,
        OpenedAt = Sample.Noon,
        UpdatedAt = Sample.Noon,
    };
}
