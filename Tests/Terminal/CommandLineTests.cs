using ChatHub.Terminal.Input;
using Xunit;

namespace ChatHub.Tests.Terminal;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("whoami", "whoami", "", false)]
    [InlineData("  say  Hello,   you  ", "say", "Hello,   you", false)]
    [InlineData("-accept alice", "accept", "alice", true)]
    [InlineData("- accept alice", "accept", "alice", true)]
    [InlineData("say\t-1", "say", "-1", false)]
    public void Parse_splits_a_line_into_the_command_and_the_rest(string text, string name, string rest, bool mayBeRefused) =>
        Assert.Equal(new CommandLine(name, rest, mayBeRefused), CommandLine.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# alice and bob")]
    public void Parse_of_an_empty_line_or_a_comment_is_null(string text) => Assert.Null(CommandLine.Parse(text));

    [Fact]
    public void Bind_takes_words_and_the_rest_of_the_line()
    {
        var arguments = new Usage("signup", "NAME PASSWORD [DISPLAYNAME...]").Bind("alice  secret  Alice  Doe");

        Assert.Equal("alice", arguments["NAME"]);
        Assert.Equal("secret", arguments["PASSWORD"]);
        Assert.Equal("Alice  Doe", arguments["DISPLAYNAME"]);
    }

    [Fact]
    public void Bind_without_an_optional_argument_leaves_it_out()
    {
        var arguments = new Usage("wait", "EVENT [SECONDS]").Bind("MessageReceived");

        Assert.Null(arguments.Find("SECONDS"));
    }

    [Theory]
    [InlineData("\"correct horse\" rest", "correct horse")]
    [InlineData("\"a \\\"quoted\\\" word \\\\\" rest", "a \"quoted\" word \\")]
    [InlineData("\"\" rest", "")]
    [InlineData("in\"side rest", "in\"side")]
    public void Bind_of_a_word_in_quotes_keeps_its_spaces(string rest, string word)
    {
        var arguments = new Usage("signin", "PASSWORD TEXT...").Bind(rest);

        Assert.Equal((word, "rest"), (arguments["PASSWORD"], arguments["TEXT"]));
    }

    [Fact]
    public void Bind_of_the_rest_of_the_line_keeps_quotes() =>
        Assert.Equal("\"hi\" she said", new Usage("say", "TEXT...").Bind("\"hi\" she said")["TEXT"]);

    [Fact]
    public void Bind_of_an_open_quote_throws() =>
        Assert.Throws<UsageException>(() => new Usage("signin", "NAME PASSWORD").Bind("alice \"secret"));

    [Theory]
    [InlineData("bob spam", null, null)]
    [InlineData("bob spam He sells", null, "He sells")]
    [InlineData("bob spam #3,5-9", "#3,5-9", null)]
    [InlineData("bob spam #3 He sells", "#3", "He sells")]
    public void Bind_of_numbers_takes_only_a_word_that_begins_with_a_hash(string rest, string? seqs, string? note)
    {
        var arguments = new Usage("report", "NAME REASON [#SEQS] [NOTE...]").Bind(rest);

        Assert.Equal((seqs, note), (arguments.Find("#SEQS"), arguments.Find("NOTE")));
    }

    [Theory]
    [InlineData("#3", new long[] { 3 })]
    [InlineData("#9,#2-4,3", new long[] { 2, 3, 4, 9 })]
    public void SeqList_parses_numbers_and_ranges_each_once_in_order(string text, long[] seqs) =>
        Assert.Equal(seqs, SeqList.Parse(text));

    [Theory]
    [InlineData("#")]
    [InlineData("#0")]
    [InlineData("#5-3")]
    [InlineData("#1-2-3")]
    [InlineData("#two")]
    [InlineData("#1-101")]
    [InlineData("#1-9223372036854775807")]
    public void SeqList_that_is_malformed_or_too_long_throws(string text) =>
        Assert.Throws<UsageException>(() => SeqList.Parse(text));

    [Theory]
    [InlineData("NAME", "")]
    [InlineData("NAME", "two words")]
    [InlineData("NAME TEXT...", "bob")]
    [InlineData("", "anything")]
    public void Bind_with_missing_or_extra_arguments_throws_the_usage(string parameters, string rest)
    {
        var usage = new Usage("command", parameters);

        var error = Assert.Throws<UsageException>(() => usage.Bind(rest));

        Assert.Equal($"usage: {usage}", error.Message);
    }
}
