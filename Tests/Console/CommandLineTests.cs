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
    public void A_line_is_a_command_and_its_rest(string text, string name, string rest, bool mayBeRefused) =>
        Assert.Equal(new CommandLine(name, rest, mayBeRefused), CommandLine.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# alice and bob")]
    public void Empty_lines_and_comments_do_nothing(string text) => Assert.Null(CommandLine.Parse(text));

    [Fact]
    public void Arguments_are_bound_by_the_usage()
    {
        var arguments = new Usage("signup", "NAME PASSWORD [DISPLAYNAME...]").Bind("alice  secret  Alice  Doe");

        Assert.Equal("alice", arguments["NAME"]);
        Assert.Equal("secret", arguments["PASSWORD"]);
        Assert.Equal("Alice  Doe", arguments["DISPLAYNAME"]);
    }

    [Fact]
    public void What_is_optional_may_be_left_out()
    {
        var arguments = new Usage("wait", "EVENT [SECONDS]").Bind("MessageReceived");

        Assert.Null(arguments.Find("SECONDS"));
    }

    [Theory]
    [InlineData("NAME", "")]
    [InlineData("NAME", "two words")]
    [InlineData("NAME TEXT...", "bob")]
    [InlineData("", "anything")]
    public void Too_little_or_too_much_tells_the_usage(string parameters, string rest)
    {
        var usage = new Usage("command", parameters);

        var error = Assert.Throws<UsageException>(() => usage.Bind(rest));

        Assert.Equal($"usage: {usage}", error.Message);
    }
}
