using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;
using ChatHub.Tests.Client;
using Xunit;

namespace ChatHub.Tests.Terminal;

/// <summary>Which updates the plain mode prints, and which of them a script can wait for.</summary>
public sealed class UpdatePrinterTests : IAsyncDisposable
{
    private readonly UpdateFeed _feed = new();
    private readonly StringWriter _output = new();
    private readonly ChatSession _session;
    private readonly UpdatePrinter _printer;

    public UpdatePrinterTests()
    {
        _session = new ChatSession(new Uri("http://localhost"), _feed, TimeProvider.System);
        _printer = new UpdatePrinter(_session, _feed, new Screen(_output, colors: false, times: false, TimeProvider.System), marksSeen: false);
        foreach (var update in (Update[])[new InboxCleared(), new MeUpdate(Sample.Me("bob")), new ConversationUpdate(Sample.Conversation()), new InboxReady()])
            _session.Apply(update);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Fact]
    public async Task Request_is_printed_and_taken_once_whatever_the_case_of_the_name()
    {
        Assert.False(_printer.TryTake("RequestReceived"));

        await PrintAsync(new RequestUpdate(Sample.Request("Hi")));

        Assert.Equal("● request from alice: Hi\n", _output.ToString());
        Assert.True(_printer.TryTake("requestreceived"));
        Assert.False(_printer.TryTake("RequestReceived"));
    }

    [Fact]
    public async Task Filtered_request_can_be_taken_and_is_not_printed()
    {
        await PrintAsync(new RequestUpdate(Sample.Request("casino") with { Folder = RequestFolder.Filtered }), new RequestRemovedUpdate("r"));

        Assert.Equal("", _output.ToString());
        Assert.True(_printer.TryTake("RequestReceived"));
    }

    [Fact]
    public async Task Request_in_a_state_that_a_command_printed_is_printed_no_second_time()
    {
        var request = Sample.Request("Hi");
        await PrintAsync(new RequestUpdate(request));
        _session.MarkPrinted(request.RequestId, RequestState.Accepted);
        _session.MarkPrinted(request.RequestId, state: null);

        await PrintAsync(new RequestUpdate(request with { State = RequestState.Accepted }), new RequestRemovedUpdate(request.RequestId));

        Assert.Equal("● request from alice: Hi\n", _output.ToString());
    }

    [Fact]
    public async Task Request_that_was_accepted_or_removed_on_another_device_is_printed()
    {
        var request = Sample.Request("Hi");

        await PrintAsync(new RequestUpdate(request), new RequestUpdate(request with { State = RequestState.Accepted }), new RequestRemovedUpdate(request.RequestId));

        Assert.Equal("● request from alice: Hi\nyou accepted the request from alice · open alice\na request has left your folder\n", _output.ToString());
    }

    [Fact]
    public async Task Message_of_the_user_cannot_be_taken_as_a_received_one()
    {
        await PrintAsync(new MessageUpdate(Sample.Message(1, "mine", "bob"), 0), new MessageUpdate(Sample.Message(2, "theirs"), 1));

        Assert.Equal("[alice] #1 you: mine ✓ sent\n● message from alice: theirs\n", _output.ToString());
        Assert.True(_printer.TryTake("MessageReceived"));
        Assert.False(_printer.TryTake("MessageReceived"));
    }

    [Fact]
    public async Task Flood_of_messages_offers_to_block_the_peer()
    {
        await PrintAsync([.. Enumerable.Range(1, FloodDetector.MaxMessages + 1).Select(seq => new MessageUpdate(Sample.Message(seq, "buy"), seq))]);

        Assert.EndsWith("● alice sends many messages · block alice stops them\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_closes_the_chat_and_prints_only_the_badges_of_the_new_inbox()
    {
        _session.Chat = new OpenChat(Sample.Conversation(), _session, new Screen(_output, colors: false, times: false, TimeProvider.System));

        await PrintAsync(new InboxCleared(), new MeUpdate(Sample.Me("bob")), new RequestUpdate(Sample.Request("old")), new InboxReady());

        Assert.Null(_session.Chat);
        Assert.Equal("the server's data was restored: your inbox is loaded again\nnothing new\n", _output.ToString());
    }

    [Fact]
    public async Task Clear_forgets_events_of_another_user()
    {
        await PrintAsync(new RequestUpdate(Sample.Request("Hi")));

        _printer.Clear();

        Assert.False(_printer.TryTake("RequestReceived"));
    }

    private async Task PrintAsync(params Update[] updates)
    {
        await _feed.ForwardAsync(updates.ToAsyncEnumerable());
        await _printer.PrintQueuedAsync(TestContext.Current.CancellationToken);
    }
}
