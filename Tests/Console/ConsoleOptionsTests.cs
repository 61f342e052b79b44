using ChatHub.Terminal.Input;
using Xunit;

// Not …Tests.Console: inside ChatHub.Tests that would hide System.Console.
namespace ChatHub.Tests.Terminal;

public sealed class ConsoleOptionsTests
{
    [Fact]
    public void Without_arguments_a_person_types_in_colour_to_the_local_server()
    {
        var options = Parse();

        Assert.Equal(new Uri("http://localhost:5080"), options.Server);
        Assert.Null(options.Script);
        Assert.True(options.Colors);
        Assert.True(options.Times);
    }

    [Fact]
    public void Server_and_script_take_values()
    {
        var options = Parse("--server", "https://example.org/chat", "--script", "-");

        Assert.Equal(new Uri("https://example.org/chat"), options.Server);
        Assert.Equal("-", options.Script);
    }

    [Fact]
    public void No_color_by_option_or_by_environment()
    {
        Assert.False(Parse("--no-color").Colors);
        Assert.False(ConsoleOptions.Parse([], name => name == "NO_COLOR" ? "1" : null).Colors);
        Assert.True(ConsoleOptions.Parse([], _ => "").Colors);
    }

    [Fact]
    public void Plain_has_neither_colours_nor_times()
    {
        var options = Parse("--plain");

        Assert.False(options.Colors);
        Assert.False(options.Times);
    }

    [Theory]
    [InlineData("--colour")]
    [InlineData("--server")]
    [InlineData("--server", "localhost:5080")]
    [InlineData("--script")]
    [InlineData("alice")]
    public void Anything_else_is_a_usage_error(params string[] args) =>
        Assert.Throws<UsageException>(() => Parse(args));

    private static ConsoleOptions Parse(params string[] args) => ConsoleOptions.Parse(args, _ => null);
}
