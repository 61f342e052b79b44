using ChatHub.Terminal.FullScreen.Model;
using Xunit;

namespace ChatHub.Tests.Terminal.FullScreen;

public sealed class LineRouterTests
{
    private readonly LineRouter _router = new(text => text.StartsWith("block ", StringComparison.Ordinal) || text == "help");

    [Theory]
    [InlineData("block bob", "block bob")]
    [InlineData("/block bob", "block bob")]
    [InlineData("hello", "hello")]
    public void Line_outside_a_chat_is_a_command(string text, string command) =>
        Assert.Equal(new EnteredLine.Command(command), _router.Route(text, isInChat: false));

    [Theory]
    [InlineData("Hello!", "Hello!")]
    [InlineData("//block bob", "/block bob")]
    [InlineData("blocked?", "blocked?")]
    public void Line_in_a_chat_is_a_message(string text, string message) =>
        Assert.Equal(new EnteredLine.Message(message), _router.Route(text, isInChat: true));

    [Fact]
    public void Line_in_a_chat_with_a_slash_is_a_command() =>
        Assert.Equal(new EnteredLine.Command("block bob"), _router.Route("/block bob", isInChat: true));

    [Fact]
    public void Line_in_a_chat_that_begins_with_a_command_is_asked_about_and_sent_when_entered_again()
    {
        Assert.Equal(new EnteredLine.Question("block bob"), _router.Route("block bob", isInChat: true));
        Assert.Equal(new EnteredLine.Message("block bob"), _router.Route("block bob", isInChat: true));
        Assert.Equal(new EnteredLine.Question("block bob"), _router.Route("block bob", isInChat: true));
    }

    [Fact]
    public void Line_in_a_chat_that_was_changed_after_the_question_is_asked_about_again()
    {
        Assert.IsType<EnteredLine.Question>(_router.Route("block bob", isInChat: true));
        Assert.IsType<EnteredLine.Question>(_router.Route("help", isInChat: true));
        Assert.IsType<EnteredLine.Question>(_router.Route("block bob", isInChat: true));
    }
}
