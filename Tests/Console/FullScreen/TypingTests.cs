using ChatHub.Terminal.FullScreen;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Rendering;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>The line that is typed: editing, completion, and how it is shown.</summary>
public sealed class TypingTests
{
    private static readonly string[] Commands = ["report", "request", "requests", "open"];
    private static readonly string[] Names = ["bob", "bodo"];

    [Fact]
    public void Editing_never_cuts_a_character_in_half()
    {
        var editor = new LineEditor();
        editor.Insert("a👩‍👩‍👧b");

        editor.Press(Key(ConsoleKey.LeftArrow));
        editor.Press(Key(ConsoleKey.Backspace));

        Assert.Equal(("ab", 1), (editor.Text, editor.Cursor));
    }

    [Fact]
    public void Earlier_lines_are_recalled_but_no_secrets()
    {
        var editor = new LineEditor();
        editor.Set("open bob");
        editor.Take(remember: true);
        editor.Set("signin alice secret");
        editor.Take(remember: false);

        editor.Press(Key(ConsoleKey.UpArrow));
        Assert.Equal("open bob", editor.Text);
        editor.Press(Key(ConsoleKey.DownArrow));
        Assert.Equal("", editor.Text);
    }

    [Fact]
    public void A_word_back_and_the_whole_line_can_be_deleted()
    {
        var editor = new LineEditor();
        editor.Set("open bob");
        editor.Press(Key(ConsoleKey.W, ConsoleModifiers.Control));
        Assert.Equal("open ", editor.Text);
        editor.Press(Key(ConsoleKey.U, ConsoleModifiers.Control));
        Assert.Equal("", editor.Text);
    }

    [Theory]
    [InlineData("o", "open ")]
    [InlineData("/o", "/open ")]
    [InlineData("re", "re")]
    [InlineData("req", "request")]
    [InlineData("open b", "open bo")]
    [InlineData("open bob", "open bob ")]
    [InlineData("open x", "open x")]
    [InlineData("request bob h", "request bob h")]
    public void Tab_completes_as_far_as_it_is_clear(string text, string completed) =>
        Assert.Equal(completed, Completion.Complete(text, Commands, Names).Text);

    [Fact]
    public void What_a_word_might_become_is_told() =>
        Assert.Equal(["report", "request", "requests"], Completion.Complete("re", Commands, Names).Choices);

    [Theory]
    [InlineData("signin alice secret", "> signin alice ••••••")]
    [InlineData("/signup alice secret 1990-01-01", "> /signup alice •••••• 1990-01-01")]
    [InlineData("signin alice", "> signin alice")]
    [InlineData("say signin alice secret", "> say signin alice secret")]
    public void Passwords_are_not_shown(string text, string shown)
    {
        var editor = new LineEditor();
        editor.Set(text);

        Assert.Equal(shown, AnsiText.Of(new InputLine(editor, "> ").Row(80).Row, colors: false));
    }

    [Fact]
    public void A_line_longer_than_the_terminal_shows_the_part_before_the_cursor()
    {
        var editor = new LineEditor();
        editor.Set("0123456789你好");

        var (row, cursor) = new InputLine(editor, "> ").Row(10);

        Assert.Equal(("> 789你好", 9), (AnsiText.Of(row, colors: false), cursor));
    }

    [Fact]
    public void Lines_break_between_words_and_wide_characters_count_two()
    {
        var rows = Wrapping.Rows("one two 你好 toolongforarow", 8);

        Assert.Equal(["one two", "你好", "toolong", "forarow"], rows.Select(row => AnsiText.Of(row, colors: false)));
    }

    [Fact]
    public void What_is_pasted_is_one_text_and_what_is_typed_stays_keys()
    {
        Assert.Equal(["first\nsecond\e[31m"], Strokes("\e[200~first\nsecond\e[31m\e[201~").Select(stroke => stroke.Pasted));
        Assert.Equal("\e[2x", string.Concat(Strokes("\e[2x").Select(stroke => stroke.Key.KeyChar)));
        Assert.Equal([ConsoleKey.Escape], Strokes("\e").Select(stroke => stroke.Key.Key));
    }

    private static List<Stroke> Strokes(string typed)
    {
        var keys = new Queue<ConsoleKeyInfo>(typed.Select(c => new ConsoleKeyInfo(c, c == '\e' ? ConsoleKey.Escape : ConsoleKey.None, false, false, false)));
        var reader = new KeyReader(keys.Dequeue, () => keys.Count > 0);
        var strokes = new List<Stroke>();
        while (reader.IsMore)
            strokes.Add(reader.Next());
        return strokes;
    }

    private static ConsoleKeyInfo Key(ConsoleKey key, ConsoleModifiers modifiers = 0) =>
        new('\0', key, modifiers.HasFlag(ConsoleModifiers.Shift), modifiers.HasFlag(ConsoleModifiers.Alt), modifiers.HasFlag(ConsoleModifiers.Control));
}
