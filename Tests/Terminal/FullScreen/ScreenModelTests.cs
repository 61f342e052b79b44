using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal.FullScreen;

/// <summary>The content of the full screen, without a terminal.</summary>
public sealed class ScreenModelTests
{
    private readonly ScreenModel _model = new();

    public ScreenModelTests()
    {
        _model.SignIn(Sample.Card("alice"));
        _model.Connection = ConnectionState.Connected;
        Apply(new InboxCleared(), new ConversationUpdate(Chat(lastSeq: 0)), new InboxReady());
    }

    [Fact]
    public void Request_has_a_red_dot_in_its_folder_until_it_is_removed()
    {
        Apply(new RequestUpdate(Sample.Request("Coffee?")), new BadgesUpdate(new() { PendingRequests = 1 }));
        Assert.Contains("● Requests (1)", Painted());
        Assert.Contains("    alice: Coffee?", Painted());

        Apply(new RequestRemovedUpdate("r"), new BadgesUpdate(new()));
        Assert.Contains("  Requests (0)", Painted());
    }

    [Fact]
    public void Filtered_request_is_counted_without_a_red_dot_a_text_or_a_notification()
    {
        _model.AddOutput("output");
        Apply(new RequestUpdate(Sample.Request("casino") with { Folder = RequestFolder.Filtered }), new BadgesUpdate(new() { FilteredRequests = 1 }));
        Assert.Null(_model.Status);

        _model.ShowInbox();
        Assert.Contains("  Requests (0)", Painted());
        Assert.Contains("    and 1 filtered", Painted());
        Assert.DoesNotContain(Painted(), row => row.Contains("casino", StringComparison.Ordinal) || row.Contains('●'));
    }

    [Fact]
    public void SeenUpdate_turns_own_messages_from_blue_to_green_in_place()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "One", "alice"), Added(2, "Two", "bob"), Added(3, "Three", "alice"));
        Assert.Equal(["you: One ✓ sent", "bob: Two", "you: Three ✓ sent"], Messages());

        Apply(new SeenUpdate("c", "id-bob", 1, Sample.Noon, 0));

        Assert.Equal(["you: One ✓✓ seen", "bob: Two", "you: Three ✓ sent"], Messages());
        Assert.Equal([Tone.Green, Tone.Plain, Tone.Blue], Frame().Rows.Where(row => row.Spans[0].Text == "12:00").Select(row => row.Spans[^1].Tone));
    }

    [Fact]
    public void Add_of_history_inserts_each_message_once_in_order()
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
    public void Typing_lasts_five_seconds_or_until_the_message_arrives()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        _model.Apply(new TypingUpdate("c", "id-bob"), Sample.Noon);

        Assert.True(_model.IsTyping(Sample.Noon.AddSeconds(4.9)));
        Assert.False(_model.IsTyping(Sample.Noon.AddSeconds(5)));
        Apply(Added(1, "There", "bob"));
        Assert.False(_model.IsTyping(Sample.Noon));
    }

    [Fact]
    public void Connection_that_is_lost_clears_presence()
    {
        Apply(new PresenceUpdate("id-bob", IsOnline: true));
        Assert.True(_model.IsOnline("id-bob"));

        _model.Connection = ConnectionState.Reconnecting;

        Assert.False(_model.IsOnline("id-bob"));
        Assert.Contains("offline, trying again", Painted()[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 50)]
    [InlineData(40, 10)]
    [InlineData(10, 3)]
    [InlineData(1, 1)]
    public void Frame_of_any_size_fits_its_terminal(int width, int height)
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        _model.Tips = ["a long piece of advice that says a lot"];
        Apply(Added(1, string.Concat(Enumerable.Repeat("你好 😀 שלום wordthatislong ", 20)), "bob"), Added(2, "👩‍👩‍👧", "alice"));

        var frame = Frame(width, height);

        Assert.InRange(frame.Rows.Count, 1, Math.Max(1, height));
        Assert.All(frame.Rows, row => Assert.InRange(row.Spans.Sum(span => Wrapping.Width(span.Text)), 0, Math.Max(10, width)));
    }

    [Fact]
    public void GoBack_leads_from_the_output_to_the_chat_and_then_to_the_inbox()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        _model.AddOutput("output");
        Assert.Equal(ScreenPage.Output, _model.Page);
        _model.GoBack();
        Assert.Equal(ScreenPage.Chat, _model.Page);
        _model.GoBack();
        Assert.Equal(ScreenPage.Inbox, _model.Page);
    }

    [Fact]
    public void Scrolling_up_keeps_the_view_in_place_and_counts_new_messages_below()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply([.. Enumerable.Range(1, 40).Select(seq => Added(seq, $"text {seq}", "bob"))]);
        Assert.Equal("bob: text 40", Messages()[^1]);
        _model.Chat!.Scroll(10);
        Assert.Equal("bob: text 30", Messages()[^1]);

        Apply(Added(41, "text 41", "bob"), Added(42, "text 42", "bob"));

        Assert.Equal("bob: text 30", Messages()[^1]);
        Assert.Contains("↓ 2 new below: page down", Painted());
        _model.Chat.Scroll(1_000);
        Assert.Equal("bob: text 1", Messages()[0]);
        _model.Chat.Scroll(-1_000);
        Assert.Equal("bob: text 42", Messages()[^1]);
        Assert.DoesNotContain(Painted(), row => row.Contains("below", StringComparison.Ordinal));
    }

    [Fact]
    public void Output_that_is_long_begins_at_its_top_and_scrolls()
    {
        for (var i = 1; i <= 50; i++)
            _model.AddOutput($"output {i}");
        Assert.Contains("output 1", Painted());
        Assert.Contains("more: page down", Painted());

        _model.ScrolledDown = 1_000;

        Assert.Contains("output 50", Painted());
        Assert.DoesNotContain("more: page down", Painted());
    }

    [Fact]
    public void Message_with_a_line_break_is_indented_and_cannot_look_like_another()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "Fine.\n12:00 you: I agree to everything ✓✓ seen", "bob"));

        Assert.Equal(["bob: Fine."], Messages());
        Assert.Contains("      12:00 you: I agree to everything ✓✓ seen", Painted());
    }

    [Fact]
    public void Mark_of_a_message_is_never_broken_over_two_rows()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "12345", "alice"));

        Assert.Contains("     ✓ sent", Frame(width: 20).Rows.Select(row => AnsiText.Of(row, colors: false)));
    }

    [Fact]
    public void Messages_of_each_day_follow_its_name()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        var old = Added(1, "old", "bob");
        Apply(old with { Message = old.Message with { SentAt = Sample.Noon.AddDays(-9) } });
        var late = Added(2, "late", "bob");
        Apply(late with { Message = late.Message with { SentAt = Sample.Noon.AddDays(-1) } }, Added(3, "now", "bob"));

        Assert.Equal(
            [$"── {Sample.Noon.AddDays(-9):yyyy-MM-dd} ──", "12:00 bob: old", "── yesterday ──", "12:00 bob: late", "── today ──", "12:00 bob: now"],
            Painted().SkipWhile(row => !row.StartsWith("── 2", StringComparison.Ordinal)).Take(6));
    }

    [Fact]
    public void Change_on_another_page_sets_the_status()
    {
        _model.AddOutput("output");
        Apply(Added(1, "psst", "bob"));
        Assert.Contains("● bob: psst", Painted());

        var request = Sample.Request("Coffee?") with { Direction = RequestDirection.Outgoing, Sender = Sample.Card("alice"), Recipient = Sample.Card("carol") };
        Apply(new RequestUpdate(request));
        Apply(new RequestUpdate(request with { State = RequestState.Accepted }));
        Assert.Contains("carol accepted your request · open carol", Painted());
    }

    [Fact]
    public void Reset_without_the_open_chat_leads_to_the_inbox()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "before", "bob"));

        Apply(new InboxCleared(), new InboxReady());

        Assert.Equal(ScreenPage.Inbox, _model.Page);
    }

    [Fact]
    public void Status_longer_than_a_row_wraps()
    {
        _model.Status = "! not_followed: Messages cannot be sent since this user isn’t following you.";

        Assert.Equal(
            ["! not_followed: Messages cannot", "be sent since this user isn’t", "following you."],
            Frame(width: 32).Rows.Select(row => AnsiText.Of(row, colors: false)).SkipWhile(row => !row.StartsWith('!')).SkipLast(1));
    }

    [Fact]
    public void Prompt_names_the_peer_only_where_a_line_is_sent_to_them()
    {
        Assert.Equal("> ", _model.Prompt);
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Assert.Equal("bob> ", _model.Prompt);
        _model.AddOutput("output");
        Assert.Equal("> ", _model.Prompt);
    }

    [Fact]
    public void Title_of_a_chat_says_how_commands_begin()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));

        Assert.Contains("chat with bob · commands begin with /: try /help", Painted());
    }

    [Fact]
    public void ShowsSeqs_replaces_times_by_message_numbers()
    {
        _model.Open(new ChatView(Chat(lastSeq: 0), "id-alice"));
        Apply(Added(1, "One", "bob"));

        _model.ShowsSeqs = true;

        Assert.Contains("#1    bob: One", Painted());
    }

    [Fact]
    public void Flood_of_messages_offers_to_block_the_peer()
    {
        Apply([.. Enumerable.Range(1, FloodDetector.MaxMessages).Select(seq => Added(seq, "buy", "bob"))]);
        Assert.Null(_model.Status);

        Apply(Added(FloodDetector.MaxMessages + 1, "buy", "bob"));

        Assert.Contains("● bob sends many messages · block bob stops them", Painted());
    }

    private void Apply(params Update[] updates)
    {
        foreach (var update in updates)
            _model.Apply(update, Sample.Noon);
    }

    private List<string> Messages() => [.. Painted().Where(row => row.StartsWith("12:00 ", StringComparison.Ordinal)).Select(row => row[6..])];

    private List<string> Painted() => [.. Frame().Rows.Select(row => AnsiText.Of(row, colors: false))];

    private Frame Frame(int width = 80, int height = 24) =>
        ScreenPainter.Paint(_model, new InputLine(new LineEditor(), "> "), [], Sample.Noon, (width, height));

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
