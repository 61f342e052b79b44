using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>
/// The sequencer, driven by hand: events are dropped, repeated, delayed and reordered, pages of Sync have any size and come
/// at any time, and the application still ends with the server's state, each message delivered once in order.
/// </summary>
public sealed class UpdateSequencerTests
{
    [Fact]
    public void Any_script_of_faults_converges_to_the_server_state()
    {
        var scripts = Gen.Choose(0, 99_999).ListOf().Resize(200).ToArbitrary();
        Prop.ForAll(scripts, script =>
        {
            var simulation = new SequencerSimulation();
            foreach (var step in script)
                simulation.Do(step);
            simulation.End();
            Assert.Equal(simulation.Server.Describe(), simulation.Application.Describe());
            Assert.Empty(simulation.Server.Outdated(simulation.Application.AllMessages));
            Assert.All(simulation.Application.Missing, message => Assert.InRange(message.Seq, 1, simulation.Server.ClearedSeq(message.ConversationId)));
        }).Holds();
    }

    [Fact]
    public void Receive_of_late_repeated_and_reordered_events_applies_each_once_in_order()
    {
        var changes = Gen.Choose(0, 99_999).ListOf().Resize(200).ToArbitrary();
        Prop.ForAll(changes, choices =>
        {
            var server = new ModelServer();
            var events = choices.Select(server.Change).ToList();
            var (inOrder, shuffled) = (Begun(0), Begun(0));
            var arrivals = choices.Zip(events).Index()
                .OrderBy(item => item.Index + (item.Item.First % 20))
                .SelectMany(item => Enumerable.Repeat(item.Item.Second, 1 + (item.Item.First % 3)));

            var steps = arrivals.SelectMany(shuffled.Receive).ToList();

            Assert.Equal(events.SelectMany(inOrder.Receive), steps);
            Assert.False(shuffled.IsBehind);
        }).Holds();
    }

    [Fact]
    public void Receive_of_the_next_version_applies_it_and_of_an_older_one_drops_it()
    {
        var sequencer = Begun(version: 5);

        Assert.NotEmpty(sequencer.Receive(Event(6)));
        Assert.Empty(sequencer.Receive(Event(6)));
        Assert.Empty(sequencer.Receive(Event(5)));
        Assert.Equal(6, sequencer.Version);
        Assert.False(sequencer.IsBehind);
    }

    [Fact]
    public void Receive_of_a_later_version_holds_it_until_the_missing_one_arrives()
    {
        var sequencer = Begun(version: 5);

        Assert.Empty(sequencer.Receive(Event(7)));
        Assert.True(sequencer.IsBehind);

        Assert.Equal(4, sequencer.Receive(Event(6)).Count);
        Assert.Equal(7, sequencer.Version);
        Assert.False(sequencer.IsBehind);
    }

    [Fact]
    public void Receive_of_a_result_with_version_0_changes_nothing()
    {
        var sequencer = Begun(version: 5);

        Assert.Empty(sequencer.Receive(Event(0)));

        Assert.Equal(5, sequencer.Version);
    }

    [Fact]
    public void ObservePosition_ahead_is_a_gap_and_with_another_epoch_makes_the_epoch_stale()
    {
        var sequencer = Begun(version: 5);

        sequencer.ObservePosition(new() { Epoch = "e", Version = 5 });
        Assert.False(sequencer.IsBehind);
        sequencer.ObservePosition(new() { Epoch = "e", Version = 6 });
        Assert.True(sequencer.IsBehind);
        Assert.False(sequencer.IsEpochStale);
        sequencer.ObservePosition(new() { Epoch = "other", Version = 1 });
        Assert.True(sequencer.IsEpochStale);
    }

    [Fact]
    public async Task Receive_between_two_pages_of_Sync_applies_nothing()
    {
        var server = new ModelServer();
        var sequencer = new UpdateSequencer();
        sequencer.Begin(server.Epoch, 0);
        var opened = server.Change(0);
        var requested = server.Change(7);
        var sent = server.Change(1);

        // The chat was changed again, so the page up to the request omits it, and its first event is old by then.
        var page = await server.Sync(new() { Epoch = server.Epoch, After = 0, Limit = 1 });
        Assert.Single(sequencer.CatchUp(page));
        Assert.Equal(requested.Version, sequencer.Version);
        Assert.Empty(sequencer.Receive(opened));
        Assert.Empty(sequencer.Receive(sent));
        Assert.True(sequencer.IsBehind);
    }

    [Fact]
    public void Receive_beyond_a_gap_holds_a_bounded_number_of_events()
    {
        var sequencer = Begun(version: 0);

        for (var version = 2; version <= 10_000; version++)
            sequencer.Receive(Event(version));
        sequencer.Receive(Event(1));

        Assert.Equal(UpdateSequencer.MaxHeld, sequencer.Version);
        Assert.True(sequencer.IsBehind);
    }

    private static UpdateSequencer Begun(long version)
    {
        var sequencer = new UpdateSequencer();
        sequencer.Begin("e", version);
        return sequencer;
    }

    private static RequestRemoved Event(long version) => new() { Version = version, RequestId = "r", Badges = new() };
}
