using ChatHub.Client.Updates;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using FsCheck.Fluent;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>
/// Merging, driven by hand: events are dropped, repeated, delayed and put in any other order, pages of catching up are of
/// any size and come at any time, and the application still ends with the server's state, each message seen once in order.
/// </summary>
public sealed class MergerTests
{
    [Fact]
    public void Whatever_the_connection_does_the_application_ends_with_the_servers_state()
    {
        var scripts = Gen.Choose(0, 99_999).ListOf().Resize(200).ToArbitrary();
        Prop.ForAll(scripts, script =>
        {
            var run = new MergerRun();
            foreach (var step in script)
                run.Do(step);
            run.End();
            Assert.Equal(run.Server.Describe(), run.Picture.Describe());
        }).Holds();
    }

    [Fact]
    public void Events_that_come_late_twice_and_out_of_order_are_each_told_once_in_order()
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

            var told = arrivals.SelectMany(shuffled.Receive).ToList();

            Assert.Equal(events.SelectMany(inOrder.Receive), told);
            Assert.False(shuffled.IsBehind);
        }).Holds();
    }

    [Fact]
    public void The_next_version_is_applied_and_an_older_one_dropped()
    {
        var merger = Begun(version: 5);

        Assert.NotEmpty(merger.Receive(Event(6)));
        Assert.Empty(merger.Receive(Event(6)));
        Assert.Empty(merger.Receive(Event(5)));
        Assert.Equal(6, merger.Version);
        Assert.False(merger.IsBehind);
    }

    [Fact]
    public void A_later_version_is_held_until_the_missing_one_comes()
    {
        var merger = Begun(version: 5);

        Assert.Empty(merger.Receive(Event(7)));
        Assert.True(merger.IsBehind);

        Assert.Equal(4, merger.Receive(Event(6)).Count);
        Assert.Equal(7, merger.Version);
        Assert.False(merger.IsBehind);
    }

    [Fact]
    public void The_answer_of_a_call_that_changed_nothing_moves_nothing()
    {
        var merger = Begun(version: 5);

        Assert.Empty(merger.Receive(Event(0)));

        Assert.Equal(5, merger.Version);
    }

    [Fact]
    public void A_position_ahead_is_a_gap_and_another_epoch_makes_everything_void()
    {
        var merger = Begun(version: 5);

        merger.Hear(new() { Epoch = "e", Version = 5 });
        Assert.False(merger.IsBehind);
        merger.Hear(new() { Epoch = "e", Version = 6 });
        Assert.True(merger.IsBehind);
        Assert.False(merger.IsVoid);
        merger.Hear(new() { Epoch = "other", Version = 1 });
        Assert.True(merger.IsVoid);
    }

    [Fact]
    public async Task Between_the_pages_of_catching_up_no_event_is_applied()
    {
        var server = new ModelServer();
        var merger = new Merger();
        merger.Begin(server.Epoch, 0);
        var begins = server.Change(0);
        var asks = server.Change(7);
        var says = server.Change(1);

        // The chat was changed again, so the page up to the request leaves it out, and its first event is thereby old.
        var page = await server.Sync(new() { Epoch = server.Epoch, After = 0, Limit = 1 });
        Assert.Single(merger.CatchUp(page));
        Assert.Equal(asks.Version, merger.Version);
        Assert.Empty(merger.Receive(begins));
        Assert.Empty(merger.Receive(says));
        Assert.True(merger.IsBehind);
    }

    [Fact]
    public void What_is_held_is_bounded()
    {
        var merger = Begun(version: 0);

        for (var version = 2; version <= 10_000; version++)
            merger.Receive(Event(version));
        merger.Receive(Event(1));

        Assert.Equal(Merger.MostHeld, merger.Version);
        Assert.True(merger.IsBehind);
    }

    private static Merger Begun(long version)
    {
        var merger = new Merger();
        merger.Begin("e", version);
        return merger;
    }

    private static RequestRemoved Event(long version) => new() { Version = version, RequestId = "r", Badges = new() };
}
