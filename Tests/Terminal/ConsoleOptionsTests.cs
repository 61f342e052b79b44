using ChatHub.Terminal.Input;
using Xunit;

// Not …Tests.Console: inside ChatHub.Tests that would hide System.Console.
namespace ChatHub.Tests.Terminal;

public sealed class ConsoleOptionsTests
{
    [Fact]
    public void Parse_without_arguments_uses_the_local_server_in_colour()
    {
        var options = Parse();

        Assert.Equal(new Uri("http://localhost:5080"), options.Server);
        Assert.Null(options.Script);
        Assert.True(options.Colors);
        Assert.True(options.Times);
    }

    [Fact]
    public void Parse_takes_server_and_script()
    {
        var options = Parse("--server", "https://example.org/chat", "--script", "-");

        Assert.Equal(new Uri("https://example.org/chat"), options.Server);
        Assert.Equal("-", options.Script);
    }

    [Fact]
    public void Parse_turns_colours_off_by_option_or_by_environment()
    {
        Assert.False(Parse("--no-color").Colors);
        Assert.False(ConsoleOptions.Parse([], name => name == "NO_COLOR" ? "1" : null).Colors);
        Assert.True(ConsoleOptions.Parse([], _ => "").Colors);
    }

    [Fact]
    public void Parse_of_plain_turns_colours_and_times_off()
    {
        var options = Parse("--plain");

        Assert.False(options.Colors);
        Assert.False(options.Times);
    }

    [Fact]
    public void Parse_takes_profile_and_version()
    {
        Assert.Equal(ConsoleOptions.DefaultProfile, Parse().Profile);
        Assert.Equal("anna", Parse("--profile", "anna").Profile);
        Assert.True(Parse("--version").Version);
    }

    [Fact]
    public void Parse_takes_the_token_by_option_or_by_environment_and_never_prints_it()
    {
        var options = ConsoleOptions.Parse([], name => name == ConsoleOptions.TokenVariable ? "secret" : null);

        Assert.Equal("secret", options.Token);
        Assert.Equal("other", ConsoleOptions.Parse(["--token", "other"], _ => "secret").Token);
        Assert.DoesNotContain("secret", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--colour")]
    [InlineData("--server")]
    [InlineData("--server", "localhost:5080")]
    [InlineData("--script")]
    [InlineData("alice")]
    [InlineData("--profile", "../alice")]
    [InlineData("--profile", "")]
    public void Parse_of_anything_else_throws(params string[] args) =>
        Assert.Throws<UsageException>(() => Parse(args));

    private static ConsoleOptions Parse(params string[] args) => ConsoleOptions.Parse(args, _ => null);
}
