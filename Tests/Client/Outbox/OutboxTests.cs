using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>What is handed to the outbox arrives once and in order, whatever happens to calls, connections and programs.</summary>
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
    public async Task Lost_calls_and_lost_answers_are_sent_again_and_arrive_once_in_order()
    {
        using var life = new OutboxLife(new FlakyHub(_server, new Random(7)));
        life.Link.Set(LinkState.Connected);
        var items = Enumerable.Range(0, 300).Select(i => life.Outbox.Send($"chat {i % 3}", $"{i}")).ToList();

        await Task.WhenAll(items.Select(item => item.Sent)).SoonAsync();

        for (var chat = 0; chat < 3; chat++)
            Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{(i * 3) + chat}"), await OwnTextsAsync($"chat {chat}"));
        Assert.Empty(life.Outbox.Pending);
    }

    [Fact]
    public async Task What_an_ended_program_left_is_sent_by_the_next_once()
    {
        var file = _folder.File("outbox");
        for (var run = 0; run < 10; run++)
        {
            using var life = new OutboxLife(new FlakyHub(_server, new Random(run)), file);
            life.Outbox.Open();
            if (run % 2 == 1)
                life.Link.Set(LinkState.Connected);
            var items = Enumerable.Range(0, 10).Select(i => life.Outbox.Send("chat 0", $"{(run * 10) + i}")).ToList();
            if (run % 2 == 1)
                await items[5].Sent.SoonAsync();
        }

        using var last = new OutboxLife(new FlakyHub(_server, new Random(99)), file);
        last.Outbox.Open();
        var left = last.Outbox.Pending;
        last.Link.Set(LinkState.Connected);
        await Task.WhenAll(left.Select(item => item.Sent)).SoonAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), await OwnTextsAsync("chat 0"));
    }

    [Fact]
    public async Task A_line_that_was_cut_off_costs_nothing_else()
    {
        var file = _folder.File("outbox");
        using (var life = new OutboxLife(new FlakyHub(_server, new Random(1)), file))
        {
            life.Outbox.Open();
            life.Outbox.Send("chat 0", "first");
            life.Outbox.Send("chat 0", "second");
        }

        await File.AppendAllTextAsync(file, "\n{\"kind\":\"Added\",\"clientId\":\"c\",\"conv", TestTimeouts.Token);
        using var next = new OutboxLife(new FlakyHub(_server, new Random(1)), file);
        next.Outbox.Open();

        Assert.Equal(["first", "second"], next.Outbox.Pending.Select(item => item.Text));
    }

    [Fact]
    public async Task The_file_is_the_owners_alone_and_empty_when_nothing_is_left()
    {
        var file = _folder.File("outbox");
        using (var life = new OutboxLife(new FlakyHub(_server, new Random(1)) { IsCalm = true }, file))
        {
            life.Outbox.Open();
            life.Link.Set(LinkState.Connected);
            await life.Outbox.Send("chat 0", "secret").Sent.SoonAsync();
            Assert.Throws<IOException>(() => new OutboxLife(new FlakyHub(_server, new Random(1)), file).Outbox.Open());
        }

        Assert.Equal(0, new FileInfo(file).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_refused_message_fails_alone()
    {
        using var life = new OutboxLife(new RefusingHub(_server));
        var failed = new List<string>();
        life.Outbox.Failed += (item, reason) => failed.Add($"{item.Text}: {((ChatHubException)reason).Code}");
        life.Link.Set(LinkState.Connected);
        var bad = life.Outbox.Send("chat 0", "refuse me");
        var good = life.Outbox.Send("chat 0", "take me");

        var refusal = await Assert.ThrowsAsync<ChatHubException>(() => bad.Sent.SoonAsync());
        await good.Sent.SoonAsync();

        Assert.Equal(ErrorCodes.MessagingUnavailable, refusal.Code);
        Assert.Equal(["refuse me: messaging_unavailable"], failed);
    }

    [Fact]
    public async Task What_may_have_arrived_long_ago_is_not_sent_again()
    {
        var time = new ManualTime();
        var file = _folder.File("outbox");
        using (var life = new OutboxLife(new SilentHub(), file, time))
        {
            life.Outbox.Open();
            life.Outbox.Send("chat 0", "tried");
            life.Link.Set(LinkState.Connected);
            await ((SilentHub)life.Hub).Called.Task.SoonAsync();
        }

        time.Advance(TimeSpan.FromHours(24));
        using var next = new OutboxLife(new FlakyHub(_server, new Random(1)) { IsCalm = true }, file, time);
        next.Outbox.Open();
        var left = next.Outbox.Pending;
        next.Link.Set(LinkState.Connected);

        await Assert.ThrowsAsync<TimeoutException>(() => left[0].Sent.WaitAsync(TestTimeouts.Limit, TestTimeouts.Token));
    }

    [Fact]
    public void The_outbox_is_bounded_and_checks_what_it_takes()
    {
        using var life = new OutboxLife(new FlakyHub(_server, new Random(1)), capacity: 2);
        life.Outbox.Send("chat 0", "one");
        life.Outbox.Send("chat 0", "two");

        Assert.Throws<InvalidOperationException>(() => life.Outbox.Send("chat 0", "three"));
        Assert.Throws<ChatHubException>(() => life.Outbox.Send("chat 0", "  "));
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
