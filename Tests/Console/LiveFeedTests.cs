using ChatHub.Contracts;
using ChatHub.Terminal.Live;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private readonly LiveFeed _feed = new();
    private readonly StringWriter _output = new();
    private readonly ChatSession _session;
    private readonly LivePrinter _printer;

    public LiveFeedTests()
    {
        _session = new ChatSession(new Uri("http://localhost"), _feed, TimeProvider.System);
        _printer = new LivePrinter(_session, new Screen(_output, colors: false, times: false, TimeProvider.System), marksSeen: false);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Fact]
    public async Task An_event_is_taken_once_whatever_the_case_of_its_name()
    {
        _feed.Post(LiveEvent.Of(Received("Hi")));
        await _feed.WaitAsync(Token);
        Assert.False(_feed.TryTake("RequestReceived"));

        await _feed.ShowAsync(_printer, Token);

        Assert.Equal("● request from alice: Hi\n", _output.ToString());
        Assert.True(_feed.TryTake("requestreceived"));
        Assert.False(_feed.TryTake("RequestReceived"));
    }

    [Fact]
    public async Task What_comes_too_fast_is_counted_not_kept()
    {
        for (var i = 0; i < 1_005; i++)
            _feed.Post(LiveEvent.Of(new Position { Epoch = "e", Version = i }));

        await _feed.ShowAsync(_printer, Token);

        Assert.StartsWith("5 events came too fast", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_users_events_are_forgotten()
    {
        _feed.Post(LiveEvent.Of(Received("shown")));
        await _feed.ShowAsync(_printer, Token);
        _feed.Post(LiveEvent.Of(Received("not shown")));

        _feed.Clear();

        await _feed.ShowAsync(_printer, Token);
        Assert.False(_feed.TryTake("RequestReceived"));
        Assert.DoesNotContain("not shown", _output.ToString(), StringComparison.Ordinal);
    }

    private static RequestReceived Received(string text) => new() { Version = 1, Request = Sample.Request(text), Badges = new() };
}
