using ChatHub.Terminal.Session;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal;

public sealed class FloodDetectorTests
{
    private readonly FloodDetector _floods = new();

    [Fact]
    public void Add_of_more_messages_than_allowed_in_the_window_warns_once()
    {
        var warnings = Enumerable.Range(0, 2 * FloodDetector.MaxMessages).Where(i => Add(Sample.Noon.AddSeconds(i * 0.5))).ToList();

        Assert.Equal([FloodDetector.MaxMessages], warnings);
    }

    [Fact]
    public void Add_after_the_window_warns_again()
    {
        for (var i = 0; i <= FloodDetector.MaxMessages; i++)
            Add(Sample.Noon);
        var later = Sample.Noon + FloodDetector.Window;

        var warnings = Enumerable.Range(0, FloodDetector.MaxMessages + 1).Count(_ => Add(later));

        Assert.Equal(1, warnings);
    }

    [Fact]
    public void Add_of_messages_at_the_allowed_rate_never_warns()
    {
        var interval = FloodDetector.Window / FloodDetector.MaxMessages;

        Assert.DoesNotContain(Enumerable.Range(0, 500), i => Add(Sample.Noon + (i * interval)));
    }

    [Fact]
    public void Add_counts_each_conversation_by_itself()
    {
        for (var i = 0; i < FloodDetector.MaxMessages; i++)
        {
            Assert.False(Add(Sample.Noon, "one"));
            Assert.False(Add(Sample.Noon, "other"));
        }
    }

    private bool Add(DateTimeOffset sentAt, string conversation = "c") =>
        _floods.Add(Sample.Message(1, "buy", "bob") with { SentAt = sentAt, ConversationId = conversation });
}
