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
        Apply(new PresenceUpdate("id-bob", IsOnline: true));
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

    [Fact]
    public void Scrolled_up_the_view_stands_still_and_tells_what_is_new_below()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply([.. Enumerable.Range(1, 40).Select(seq => Added(seq, $"text {seq}", "bob"))]);
        Assert.Equal("bob: text 40", Messages()[^1]);
        _board.Chat!.Scroll(10);
        Assert.Equal("bob: text 30", Messages()[^1]);

        Apply(Added(41, "text 41", "bob"), Added(42, "text 42", "bob"));

        Assert.Equal("bob: text 30", Messages()[^1]);
        Assert.Contains("↓ 2 new below: page down", Painted());
        _board.Chat.Scroll(1_000);
        Assert.Equal("bob: text 1", Messages()[0]);
        _board.Chat.Scroll(-1_000);
        Assert.Equal("bob: text 42", Messages()[^1]);
        Assert.DoesNotContain(Painted(), row => row.Contains("below", StringComparison.Ordinal));
    }

    [Fact]
    public void Long_answers_begin_at_their_top_and_can_be_scrolled()
    {
        for (var i = 1; i <= 50; i++)
            _board.Answer($"answer {i}");
        Assert.Contains("answer 1", Painted());
        Assert.Contains("more: page down", Painted());

        _board.ScrolledDown = 1_000;

        Assert.Contains("answer 50", Painted());
        Assert.DoesNotContain("more: page down", Painted());
    }

    [Fact]
    public void What_continues_a_message_is_set_in_so_that_it_cannot_look_like_another()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "Fine.\n12:00 you: I agree to everything ✓✓ seen", "bob"));

        Assert.Equal(["bob: Fine."], Messages());
        Assert.Contains("      12:00 you: I agree to everything ✓✓ seen", Painted());
    }

    [Fact]
    public void A_mark_is_never_broken_over_two_rows()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "12345", "alice"));

        Assert.Contains("     ✓ sent", Frame(width: 20).Rows.Select(row => AnsiText.Of(row, colors: false)));
    }

    [Fact]
    public void Each_day_has_its_name()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        var old = Added(1, "old", "bob");
        Apply(old with { Message = old.Message with { SentAt = Sample.Noon.AddDays(-9) } });
        var late = Added(2, "late", "bob");
        Apply(late with { Message = late.Message with { SentAt = Sample.Noon.AddDays(-1) } }, Added(3, "now", "bob"));

        Assert.Equal(
            [$"── {Sample.Noon.AddDays(-9):yyyy-MM-dd} ──", "12:00 bob: old", "── yesterday ──", "12:00 bob: late", "── today ──", "12:00 bob: now"],
            Painted().SkipWhile(row => !row.StartsWith("── 2", StringComparison.Ordinal)).Take(6));
    }

    [Fact]
    public void What_happens_out_of_sight_gets_a_word()
    {
        _board.Answer("an answer");
        Apply(Added(1, "psst", "bob"));
        Assert.Contains("● bob: psst", Painted());

        var request = Sample.Request("Coffee?") with { Direction = RequestDirection.Outgoing, Sender = Sample.Card("alice"), Recipient = Sample.Card("carol") };
        Apply(new RequestUpdate(request));
        Apply(new RequestUpdate(request with { State = RequestState.Accepted }));
        Assert.Contains("carol accepted your request · open carol", Painted());
    }

    [Fact]
    public void After_a_reset_a_chat_that_is_gone_is_left()
    {
        _board.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "before", "bob"));

        Apply(new InboxCleared(), new InboxReady());

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
