using ChatHub.Client;
using ChatHub.Client.Transport;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>The whole way from signals to updates over a simulated connection, with real waits and real concurrency.</summary>
public sealed class UpdatePumpTests
{
    private const int Lives = 40;
    private const int StepsOfALife = 300;

    private static readonly Backoff Quickly = new(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5));

    [Fact]
    public async Task Events_and_answers_that_are_lost_repeated_delayed_and_reordered_give_the_servers_state()
    {
        for (var seed = 0; seed < Lives; seed++)
            await LiveAsync(new Random(seed));
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_loses_nothing()
    {
        var server = new ModelServer();
        await using var life = new PumpLife(new FlakyHub(server, new Random(1)) { IsCalm = true }, Quickly);
        life.Connect();
        var picture = new Picture();
        await life.ReadUntilAsync(picture, update => update is InboxReady);
        for (var i = 0; i < 5_000; i++)
            life.Deliver(server.Change(1));

        await life.ReadUntilAsync(picture, _ => picture.Describe() == server.Describe());

        Assert.Equal(5_000, picture.Messages("chat 0").Count);
    }

    [Fact]
    public async Task Unseen_messages_are_told_as_new_where_that_is_wanted()
    {
        var server = new ModelServer();
        for (var i = 0; i < 5; i++)
            server.Change(1);
        await using var life = new PumpLife(new FlakyHub(server, new Random(1)) { IsCalm = true }, Quickly, replayUnseen: true);
        life.Connect();

        var told = new List<long>();
        await foreach (var update in life.Updates)
        {
            if (update is InboxReady)
                break;
            if (update is MessageUpdate { Message: var message })
                told.Add(message.Seq);
        }

        Assert.Equal([1, 2, 3, 4, 5], told);
    }

    private static async Task LiveAsync(Random chance)
    {
        var server = new ModelServer();
        var hub = new FlakyHub(server, new Random(chance.Next()));
        for (var i = 0; i < 20; i++)
            server.Change(chance.Next(1_000));
        await using var life = new PumpLife(hub, Quickly);
        hub.Answered = life.Deliver;
        life.Connect();
        var picture = new Picture();
        var reading = life.ReadUntilAsync(picture, _ => life.HasEnded && picture.Describe() == server.Describe());

        var flying = new List<IVersioned>();
        for (var i = 0; i < StepsOfALife; i++)
        {
            await StepAsync(chance, server, hub, life, flying);
            await Task.Yield();
        }

        hub.IsCalm = true;
        life.Connect();
        life.End();
        await reading.SoonAsync();
    }

    private static async Task StepAsync(Random chance, ModelServer server, FlakyHub hub, PumpLife life, List<IVersioned> flying)
    {
        switch (chance.Next(20))
        {
            case < 8:
                flying.Add(server.Change(chance.Next(1_000)));
                break;
            case < 14 when flying.Count > 0:
                var i = chance.Next(flying.Count);
                life.Deliver(flying[i]);
                if (chance.Next(4) > 0)
                    flying.RemoveAt(i);
                break;
            case < 15 when flying.Count > 0:
                flying.RemoveAt(chance.Next(flying.Count));
                break;
            case < 16:
                life.Hear(server.Position);
                break;
            case < 17:
                life.Disconnect();
                await Task.Yield();
                life.Connect();
                break;
            case < 18 when chance.Next(20) == 0:
                server.BeginAnotherLife();
                flying.Clear();
                life.Connect();
                break;
            default:
                await SendAsync(hub, server, chance.Next());
                break;
        }
    }

    /// <summary>A call of the application's own: its answer may come, or get lost.</summary>
    private static async Task SendAsync(FlakyHub hub, ModelServer server, int n)
    {
        server.Change(0);
        try
        {
            await hub.SendMessage(new() { ConversationId = "chat 0", ClientId = $"own {n}", Text = "own" });
        }
        catch (ChatHubUnreachableException)
        {
            // As it happens on a bad line; the message is there or it is not.
        }
    }
}
