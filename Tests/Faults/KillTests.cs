using System.Globalization;
using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Faults;

/// <summary>
/// kill -9 at random moments while messages flow: nothing that was acknowledged is lost, nothing is there twice.
/// CHATHUB_KILLS sets how often.
/// </summary>
public sealed class KillTests
{
    private const int Pairs = 6;
    private const int DefaultKills = 3;
    private const int MessagesPerKill = 150;

    private static int Kills =>
        Environment.GetEnvironmentVariable("CHATHUB_KILLS") is { Length: > 0 } chosen ? int.Parse(chosen, CultureInfo.InvariantCulture) : DefaultKills;

    [Fact]
    public async Task Acknowledged_messages_survive_a_killed_server_once_and_clients_catch_up()
    {
        await using var server = await ServerProcess.StartAsync();
        var chats = await Task.WhenAll(Enumerable.Range(0, Pairs).Select(_ => server.OpenChatAsync()));
        var writers = chats.SelectMany(chat => (Writer[])[new(chat.Alice, chat), new(chat.Bob, chat)]).ToList();

        for (var round = 0; round < Kills; round++)
        {
            var enough = new Countdown(Random.Shared.Next(1, MessagesPerKill));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestTimeouts.Token);
            var serverIsBack = new TaskCompletionSource();
            var writing = writers.ConvertAll(writer => writer.WriteAsync(enough, serverIsBack.Task, stop.Token));

            await enough.Done.SoonAsync();
            await server.KillAsync();
            await server.RestartAsync();
            // The tail of each is sent again with the same clientId.
            await stop.CancelAsync();
            serverIsBack.SetResult();
            await Task.WhenAll(writing);
        }

        foreach (var chat in chats)
        {
            await AssertWholeAsync(chat, [.. writers.Where(writer => writer.Chat == chat)]);
            await chat.DisposeAsync();
        }

        foreach (var writer in writers)
            await writer.Device.DisposeAsync();
    }

    private static async Task AssertWholeAsync(Chat chat, IReadOnlyList<Writer> writers)
    {
        var stored = new List<Message>();
        MessagePage page;
        do
        {
            page = await writers[0].Device.Hub.GetMessages(new() { ConversationId = chat.Id, After = stored.Count, Limit = 100 });
            stored.AddRange(page.Items);
        }
        while (page.HasMore);

        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (long)n), stored.Select(m => m.Seq));
        var acknowledged = writers.SelectMany(writer => writer.Acknowledged).ToList();
        // The request's text is message 1; everything else was acknowledged in the end, under the seq it has.
        Assert.Equal(
            acknowledged.Select(m => (m.Seq, m.SenderId, m.SenderId == writers[0].Id ? m.ClientId : null, m.Text)).Order(),
            stored.Skip(1).Select(m => (m.Seq, m.SenderId, m.ClientId, m.Text)).Order());
        Assert.All(writers, writer => Assert.Equal(writer.Acknowledged.Select(m => m.Text), stored.Skip(1).Where(m => m.SenderId == writer.Id).Select(m => m.Text)));

        foreach (var writer in writers)
        {
            var me = await writer.Device.Hub.GetMe(new());
            Assert.True(me.Version >= writer.HighestVersion, $"{me.Version} < {writer.HighestVersion}");
            var sync = await writer.Device.Hub.Sync(new() { Epoch = me.Epoch, After = writer.VersionBefore });
            Assert.False(sync.Reset);
            Assert.Equal((me.Version, (long)stored.Count), (sync.Version, Assert.Single(sync.Conversations).LastSeq));
            Assert.Equal(stored.Count(m => m.SenderId != writer.Id), (int)sync.Conversations[0].UnreadCount + (writer.Id == chat.Bob.Id ? 1 : 0));
            Assert.Equal(sync.Conversations[0].UnreadCount, sync.Me.Badges.UnreadMessages);
        }
    }

    /// <summary>Done after so many signals; more are fine.</summary>
    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task Done => _done.Task;

        public void Signal()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _done.SetResult();
        }
    }

    /// <summary>One side of a chat that writes without pause, and sends again what was not acknowledged.</summary>
    private sealed class Writer(Device device, Chat chat)
    {
        private int _count;

        public Device Device { get; private set; } = device;
        public string Id => Device.Id;
        public Chat Chat => chat;
        public List<Message> Acknowledged { get; } = [];
        public long VersionBefore { get; private set; } = 2;
        public long HighestVersion { get; private set; }

        public async Task WriteAsync(Countdown enough, Task serverIsBack, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var text = $"{++_count}";
                var answer = await SendUntilAcknowledgedAsync(text, serverIsBack);
                Assert.True(answer.Version == 0 || answer.Version > HighestVersion, "A version went back.");
                HighestVersion = Math.Max(HighestVersion, answer.Version);
                Acknowledged.Add(answer.Message);
                enough.Signal();
            }
        }

        private async Task<MessageReceived> SendUntilAcknowledgedAsync(string text, Task serverIsBack)
        {
            while (true)
            {
                try
                {
                    return await Device.SayAsync(chat.Id, text, $"{Id}-{text}").SoonAsync();
                }
                catch (ChatHubUnreachableException)
                {
                    // A new connection, rather than the SDK's own reconnecting: the test is about the server.
                    await serverIsBack.SoonAsync();
                    await Device.DisposeAsync();
                    Device = await Device.Account.ConnectAsync();
                }
            }
        }
    }
}
