using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>From signals to updates over a simulated connection, with real waits and real concurrency.</summary>
public sealed class UpdateLoopTests
{
    private const int Runs = 40;
    private const int StepsPerRun = 300;

    private static readonly Backoff FastBackoff = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5));

    [Fact]
    public async Task Updates_over_an_unreliable_connection_converge_to_the_server_state()
    {
        for (var seed = 0; seed < Runs; seed++)
            await SimulateAsync(new Random(seed));
    }

    [Fact]
    public async Task Updates_with_a_slow_reader_deliver_every_message()
    {
        var server = new ModelServer();
        await using var loop = new UpdateLoopHarness(new FlakyHub(server, new Random(1)) { IsCalm = true }, FastBackoff);
        loop.Connect();
        var application = new RecordingApplication();
        await loop.ReadUntilAsync(application, update => update is InboxReady);
        for (var i = 0; i < 5_000; i++)
            loop.Deliver(server.Change(1));

        await loop.ReadUntilAsync(application, _ => application.Describe() == server.Describe());

        Assert.Equal(5_000, application.Messages("chat 0").Count);
    }

    [Fact]
    public async Task Updates_with_ReplayUnseen_deliver_unseen_messages_at_the_start()
    {
        var server = new ModelServer();
        for (var i = 0; i < 5; i++)
            server.Change(1);
        await using var loop = new UpdateLoopHarness(new FlakyHub(server, new Random(1)) { IsCalm = true }, FastBackoff, replayUnseen: true);
        loop.Connect();

        var delivered = new List<long>();
        await foreach (var update in loop.Updates)
        {
            if (update is InboxReady)
                break;
            if (update is MessageUpdate { Message: var message })
                delivered.Add(message.Seq);
        }

        Assert.Equal([1, 2, 3, 4, 5], delivered);
    }

    [Fact]
    public async Task Updates_of_a_load_and_of_a_catch_up_keep_the_hidden_words()
    {
        var server = new ModelServer();
        await using var loop = new UpdateLoopHarness(new FlakyHub(server, new Random(1)) { IsCalm = true }, FastBackoff);
        loop.Connect();

        var application = new RecordingApplication();
        for (var i = 0; i < 2; i++)
        {
            await loop.ReadUntilAsync(application, update => update is InboxReady);
            Assert.Equal(ModelServer.HiddenWords, application.Inbox.Me!.Settings.HiddenWords);
            loop.Connect();
        }
    }

    [Fact]
    public async Task Updates_when_a_chat_is_archived_between_two_pages_contain_every_chat()
    {
        var server = new ModelServer();
        for (var i = 0; i < 5; i++)
            server.Change(0);
        await using var loop = new UpdateLoopHarness(new ArchivingHub(server), FastBackoff);
        loop.Connect();
        var application = new RecordingApplication();

        await loop.ReadUntilAsync(application, update => update is InboxReady);

        Assert.Contains("archived True", application.Describe(), StringComparison.Ordinal);
        Assert.Equal(server.Describe(), application.Describe());
    }

    private static async Task SimulateAsync(Random chance)
    {
        var server = new ModelServer();
        var hub = new FlakyHub(server, new Random(chance.Next()));
        for (var i = 0; i < 20; i++)
            server.Change(chance.Next(1_000));
        await using var loop = new UpdateLoopHarness(hub, FastBackoff);
        hub.OnResult = loop.Deliver;
        loop.Connect();
        var application = new RecordingApplication();
        var reading = loop.ReadUntilAsync(application, _ => loop.HasEnded && application.Describe() == server.Describe() && !server.Outdated(application.AllMessages).Any());

        var inFlight = new List<IVersioned>();
        for (var i = 0; i < StepsPerRun; i++)
        {
            await StepAsync(chance, server, hub, loop, inFlight);
            await Task.Yield();
        }

        hub.IsCalm = true;
        loop.Connect();
        loop.End();
        try
        {
            await reading.SoonAsync();
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                $"No convergence.\nThe application has:\n{application.Describe()}\nThe server has:\n{server.Describe()}\n"
                + $"Outdated: {string.Join(", ", server.Outdated(application.AllMessages))}");
        }

        Assert.All(application.Missing, message => Assert.InRange(message.Seq, 1, server.ClearedSeq(message.ConversationId)));
    }

    private static async Task StepAsync(Random chance, ModelServer server, FlakyHub hub, UpdateLoopHarness loop, List<IVersioned> inFlight)
    {
        switch (chance.Next(20))
        {
            case < 8:
                inFlight.Add(server.Change(chance.Next(1_000)));
                break;
            case < 14 when inFlight.Count > 0:
                var i = chance.Next(inFlight.Count);
                loop.Deliver(inFlight[i]);
                if (chance.Next(4) > 0)
                    inFlight.RemoveAt(i);
                break;
            case < 15 when inFlight.Count > 0:
                inFlight.RemoveAt(chance.Next(inFlight.Count));
                break;
            case < 16:
                loop.Deliver(server.Position);
                break;
            case < 17:
                loop.Disconnect();
                await Task.Yield();
                loop.Connect();
                break;
            case < 18 when chance.Next(20) == 0:
                server.ChangeEpoch();
                inFlight.Clear();
                loop.Connect();
                break;
            default:
                await SendAsync(hub, server, chance.Next());
                break;
        }
    }

    /// <summary>A call of the application's own: its result may arrive or be lost.</summary>
    private static async Task SendAsync(FlakyHub hub, ModelServer server, int n)
    {
        server.Change(0);
        try
        {
            await hub.SendMessage(new() { ConversationId = "chat 0", ClientId = $"own {n}", Text = "own" });
        }
        catch (ChatHubUnreachableException)
        {
            // Lost before or after it was carried out.
        }
    }
}
