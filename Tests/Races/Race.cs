using System.Diagnostics;
using ChatHub.Tests.Model;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Races;

/// <summary>Two new users: after a setup, two commands run at the same time. The outcome must be that of one of their orders.</summary>
/// <param name="system">With two users.</param>
/// <param name="emptyWorld">A model of them.</param>
/// <param name="isThorough">Whether every read is compared afterwards.</param>
internal sealed class Race(SystemUnderTest system, Func<World> emptyWorld, bool isThorough)
{
    private readonly TimeSpan _timeout = system.IsDirect ? TimeSpan.Zero : TimeSpan.FromSeconds(5);
    private readonly List<Command> _done = [];

    /// <summary>The difference from both orders; null if there is none.</summary>
    public async Task<string?> RunAsync(Meeting race)
    {
        foreach (var step in race.Setup)
        {
            var command = step(new(Replayed(), 0, 1));
            // The setup is compared with the model too: its results bind the ids.
            var expected = command.Model(Replayed());
            if (system.Binding.Difference(expected, await system.DoAsync(command)) is { } difference)
                throw new InvalidOperationException(system.Readable($"The setup, at {command}: {difference}"));
            await ReceiveAsync(command, expected);
            _done.Add(command);
        }

        var before = Replayed();
        var pair = new Pair(before, 0, 1);
        return await MeetAsync(race.One(pair), race.Other(race.Swap ? pair.Swapped : pair), race.HeadStart);
    }

    private async Task<string?> MeetAsync(Command one, Command other, TimeSpan headStart)
    {
        List<Hypothesis> hypotheses = [Hypothesis.Of(Replayed(), one, other, false), Hypothesis.Of(Replayed(), other, one, true)];
        if (one.Rest is not null)
            hypotheses.Add(Hypothesis.Between(Replayed(), one, other, false));
        if (other.Rest is not null)
            hypotheses.Add(Hypothesis.Between(Replayed(), other, one, true));
        // Two calls of one user come from two devices.
        var hubs = new[] { one.Caller is { } a ? system.Actors[a].Caller.Hub : null, other.Caller is { } b ? (b == one.Caller ? system.Actors[b].Listener : system.Actors[b].Caller).Hub : null };
        var results = await Task.WhenAll(
            Task.Run(() => After(-headStart, () => system.DoAsync(one, hubs[0]))),
            Task.Run(() => After(headStart, () => system.DoAsync(other, hubs[1]))));

        var observed = new RaceOutcome(system, hubs, isThorough);
        var differences = new List<string>();
        foreach (var hypothesis in hypotheses)
        {
            if (await hypothesis.DifferenceAsync(system, observed, results, _timeout) is not { } difference)
                return null;
            differences.Add(difference);
        }

        return system.Readable($"before:\n{string.Join('\n', _done)}\nat once:\n{one}\n{other}\nnot the first then the second: {differences[0]}\nnor the second then the first: {differences[1]}{(differences.Count > 2 ? $"\nnor between the two steps: {differences[2]}" : "")}");
    }

    // Far below what a timer can do: the thread spins.
    private static Task<CallResult> After(TimeSpan delay, Func<Task<CallResult>> call)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < delay)
            Thread.SpinWait(20);
        return call();
    }

    private World Replayed()
    {
        var world = emptyWorld();
        foreach (var command in _done)
            command.Model(world);
        return world;
    }

    // The setup's events are not the race's. An event may arrive after a later result: it is awaited.
    private async Task ReceiveAsync(Command command, Outcome expected)
    {
        foreach (var user in expected.Events.Select(e => e.User.Index))
        {
            await system.Actors[user].Listener.ReceiveAsync(1, _timeout);
            if (user != command.Caller)
                await system.Actors[user].Caller.ReceiveAsync(1, _timeout);
        }
    }
}
