using ChatHub.Terminal.FullScreen;
using ChatHub.Terminal.FullScreen.Model;
using ChatHub.Terminal.FullScreen.Painting;
using ChatHub.Terminal.Rendering;
using Xunit;

namespace ChatHub.Tests.Terminal.FullScreen;

/// <summary>The line that is typed: editing, completion, and rendering.</summary>
public sealed class TypingTests
{
    private static readonly string[] Commands = ["report", "request", "requests", "open"];
    private static readonly string[] Names = ["bob", "bodo"];

    [Fact]
    public void Editing_never_splits_a_character()
    {
        var editor = new LineEditor();
        editor.Insert("a👩‍👩‍👧b");

        editor.Press(Key(ConsoleKey.LeftArrow));
        editor.Press(Key(ConsoleKey.Backspace));

        Assert.Equal(("ab", 1), (editor.Text, editor.Cursor));
    }

    [Fact]
    public void UpArrow_recalls_remembered_lines_only()
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
    public void Control_W_deletes_a_word_and_Control_U_the_line()
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
    public void Complete_extends_the_line_as_far_as_it_is_unambiguous(string text, string completed) =>
        Assert.Equal(completed, Completion.Complete(text, Commands, Names).Text);

    [Fact]
    public void Complete_of_an_ambiguous_word_returns_the_choices() =>
        Assert.Equal(["report", "request", "requests"], Completion.Complete("re", Commands, Names).Choices);

    [Theory]
    [InlineData("signin alice secret", "> signin alice ••••••")]
    [InlineData("/signup alice secret 1990-01-01", "> /signup alice •••••• 1990-01-01")]
    [InlineData("signin alice", "> signin alice")]
    [InlineData("SignIn  alice   secret", "> SignIn  alice   ••••••")]
    [InlineData("signup alice \"my \\\" secret\" 1990-01-01", "> signup alice •••••••••••••• 1990-01-01")]
    [InlineData("signin alice \"my sec", "> signin alice •••••••")]
    [InlineData("say signin alice secret", "> say signin alice secret")]
    public void InputLine_masks_passwords(string text, string shown)
    {
        var editor = new LineEditor();
        editor.Set(text);

        Assert.Equal(shown, AnsiText.Of(new InputLine(editor, "> ").Row(80).Row, colors: false));
    }

    [Fact]
    public void InputLine_longer_than_the_terminal_shows_the_part_before_the_cursor()
    {
        var editor = new LineEditor();
        editor.Set("0123456789你好");

        var (row, cursor) = new InputLine(editor, "> ").Row(10);

        Assert.Equal(("> 789你好", 9), (AnsiText.Of(row, colors: false), cursor));
    }

    [Fact]
    public void Wrapping_breaks_between_words_and_counts_wide_characters_as_two()
    {
        var rows = Wrapping.Rows("one two 你好 toolongforarow", 8);

        Assert.Equal(["one two", "你好", "toolong", "forarow"], rows.Select(row => AnsiText.Of(row, colors: false)));
    }

    [Fact]
    public void KeyReader_returns_a_paste_as_one_text_and_typed_input_as_keys()
    {
        Assert.Equal(["first\nsecond\e[31m"], Inputs("\e[200~first\nsecond\e[31m\e[201~").Select(input => input.Pasted));
        Assert.Equal("\e[2x", string.Concat(Inputs("\e[2x").Select(input => input.Key.KeyChar)));
        Assert.Equal([ConsoleKey.Escape], Inputs("\e").Select(input => input.Key.Key));
    }

    private static List<KeyInput> Inputs(string typed)
    {
        var keys = new Queue<ConsoleKeyInfo>(typed.Select(c => new ConsoleKeyInfo(c, c == '\e' ? ConsoleKey.Escape : ConsoleKey.None, false, false, false)));
        var reader = new KeyReader(keys.Dequeue, () => keys.Count > 0);
        var inputs = new List<KeyInput>();
        while (reader.IsMore)
            inputs.Add(reader.Next());
        return inputs;
    }

    private static ConsoleKeyInfo Key(ConsoleKey key, ConsoleModifiers modifiers = 0) =>
        new('\0', key, modifiers.HasFlag(ConsoleModifiers.Shift), modifiers.HasFlag(ConsoleModifiers.Alt), modifiers.HasFlag(ConsoleModifiers.Control));
}
