using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Client.Updates;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client.Sending;

/// <summary>A message in the outbox is delivered once and in order, whatever happens to calls, connections and processes.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ModelServer _server = new();

    public OutboxTests()
    {
        // Three chats with one message each.
        for (var i = 0; i < 3; i++)
            _server.Change(0);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Send_with_lost_calls_and_lost_responses_delivers_each_message_once_in_order()
    {
        using var run = new OutboxRun(new FlakyHub(_server, new Random(7)));
        run.Connection.Set(ConnectionState.Connected);
        var items = Enumerable.Range(0, 300).Select(i => run.Outbox.Send($"chat {i % 3}", $"{i}")).ToList();

        await Task.WhenAll(items.Select(item => item.Sent)).SoonAsync();

        for (var chat = 0; chat < 3; chat++)
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{(i * 3) + chat}"), await OwnTextsAsync($"chat {chat}"));
        Assert.Empty(run.Outbox.Pending);
    }

    [Fact]
    public async Task Open_after_a_restart_sends_what_the_earlier_runs_left_once()
    {
        var file = _folder.File("outbox");
        for (var number = 0; number < 10; number++)
        {
            using var run = new OutboxRun(new FlakyHub(_server, new Random(number)), file);
            run.Outbox.Open();
            if (number % 2 == 1)
                run.Connection.Set(ConnectionState.Connected);
            var items = Enumerable.Range(0, 10).Select(i => run.Outbox.Send("chat 0", $"{(number * 10) + i}")).ToList();
            if (number % 2 == 1)
                await items[5].Sent.SoonAsync();
        }

        using var last = new OutboxRun(new FlakyHub(_server, new Random(99)), file);
        last.Outbox.Open();
        var pending = last.Outbox.Pending;
        last.Connection.Set(ConnectionState.Connected);
        await Task.WhenAll(pending.Select(item => item.Sent)).SoonAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), await OwnTextsAsync("chat 0"));
    }

    [Fact]
    public async Task Open_with_a_torn_last_line_restores_every_complete_line()
    {
        var file = _folder.File("outbox");
        using (var run = new OutboxRun(new FlakyHub(_server, new Random(1)), file))
        {
            run.Outbox.Open();
            run.Outbox.Send("chat 0", "first");
            run.Outbox.Send("chat 0", "second");
        }

        await File.AppendAllTextAsync(file, "\n{\"kind\":\"Added\",\"clientId\":\"c\",\"conv", TestTimeouts.Token);
        using var next = new OutboxRun(new FlakyHub(_server, new Random(1)), file);
        next.Outbox.Open();

        Assert.Equal(["first", "second"], next.Outbox.Pending.Select(item => item.Text));
    }

    [Fact]
    public async Task File_is_readable_by_its_owner_only_exclusive_and_empty_when_all_is_sent()
    {
        var file = _folder.File("outbox");
        using (var run = new OutboxRun(new FlakyHub(_server, new Random(1)) { IsCalm = true }, file))
        {
            run.Outbox.Open();
            run.Connection.Set(ConnectionState.Connected);
            await run.Outbox.Send("chat 0", "secret").Sent.SoonAsync();
            Assert.Throws<IOException>(() => new OutboxRun(new FlakyHub(_server, new Random(1)), file).Outbox.Open());
        }

        Assert.Equal(0, new FileInfo(file).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Send_of_a_refused_message_fails_it_alone()
    {
        using var run = new OutboxRun(new RefusingHub(_server));
        var failed = new List<string>();
        run.Outbox.Failed += (item, reason) => failed.Add($"{item.Text}: {((ChatHubException)reason).Code}");
        run.Connection.Set(ConnectionState.Connected);
        var bad = run.Outbox.Send("chat 0", "refuse me");
        var good = run.Outbox.Send("chat 0", "take me");

        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => bad.Sent.SoonAsync());
        await good.Sent.SoonAsync();

        Assert.Equal(ErrorCodes.MessagingUnavailable, refusal.Code);
        Assert.Equal(["refuse me: messaging_unavailable"], failed);
    }

    [Fact]
    public async Task Open_with_an_attempt_older_than_the_idempotency_window_fails_the_message()
    {
        var time = new ManualTime();
        var file = _folder.File("outbox");
        using (var run = new OutboxRun(new SilentHub(), file, time))
        {
            run.Outbox.Open();
            run.Outbox.Send("chat 0", "attempted");
            run.Connection.Set(ConnectionState.Connected);
            await ((SilentHub)run.Hub).Called.Task.SoonAsync();
        }

        time.Advance(TimeSpan.FromHours(24));
        using var next = new OutboxRun(new FlakyHub(_server, new Random(1)) { IsCalm = true }, file, time);
        next.Outbox.Open();
        var pending = next.Outbox.Pending;
        next.Connection.Set(ConnectionState.Connected);

        await Assert.ThrowsAsync<TimeoutException>(() => pending[0].Sent.WaitAsync(TestTimeouts.Limit, TestTimeouts.Token));
    }

    [Fact]
    public void Send_beyond_the_capacity_or_with_an_invalid_text_throws()
    {
        using var run = new OutboxRun(new FlakyHub(_server, new Random(1)), capacity: 2);
        run.Outbox.Send("chat 0", "one");
        run.Outbox.Send("chat 0", "two");

        Assert.Throws<InvalidOperationException>(() => run.Outbox.Send("chat 0", "three"));
        Assert.Throws<ChatHubException>(() => run.Outbox.Send("chat 0", "  "));
    }

    private async Task<IEnumerable<string>> OwnTextsAsync(string chat)
    {
        var page = await _server.GetMessages(new() { ConversationId = chat, After = 0, Limit = int.MaxValue });
        return page.Items.Where(message => message.SenderId == ModelServer.UserId).Select(message => message.Text);
    }

    private sealed class RefusingHub(ModelServer server) : HubStub
    {
        public override Task<MessageReceived> SendMessage(SendMessageInput input) => input.Text == "refuse me"
            ? throw new ChatHubException(ErrorCodes.MessagingUnavailable, "No.")
            : server.SendMessage(input);
    }

    private sealed class SilentHub : HubStub
    {
        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<MessageReceived> SendMessage(SendMessageInput input)
        {
            Called.TrySetResult();
            return new TaskCompletionSource<MessageReceived>().Task.WaitAsync(TestTimeouts.Token);
        }
    }
}
