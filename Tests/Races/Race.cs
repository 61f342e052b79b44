using System.Diagnostics;
using ChatHub.Contracts;
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

    /// <summary>A step of the setup had an unknown outcome: there was no race.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The difference from both orders; null if there is none.</summary>
    public async Task<string?> RunAsync(Meeting race)
    {
        foreach (var step in race.Setup)
        {
            var command = step(new(Replayed(), 0, 1));
            // The setup is compared with the model too: its results bind the ids.
            var expected = command.Model(Replayed());
            var result = await system.DoAsync(command);
            if (IsCutOff = result.IsUnknown)
                return null;
            if (system.Binding.Difference(expected, result) is { } difference)
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
        // Two calls of one user come from two devices.
        var hubs = new[] { one.Caller is { } a ? system.Actors[a].Caller.Hub : null, other.Caller is { } b ? (b == one.Caller ? system.Actors[b].Listener : system.Actors[b].Caller).Hub : null };
        var both = await Task.WhenAll(
            Task.Run(() => After(-headStart, () => DoAsync(one, hubs[0]))),
            Task.Run(() => After(headStart, () => DoAsync(other, hubs[1]))));

        CallResult[] results = [.. both.Select(call => call.Result)];
        bool[] unknown = [.. both.Select(call => call.IsUnknown)];
        var observed = new RaceOutcome(system, hubs, unknown, isThorough);
        var differences = new List<string>();
        foreach (var hypothesis in Hypotheses(one, other, unknown))
        {
            if (await hypothesis.DifferenceAsync(system, observed, results, _timeout) is not { } difference)
                return null;
            differences.Add(difference);
        }

        return system.Readable($"before:\n{string.Join('\n', _done)}\nat once:\n{one}\n{other}\nunknown outcomes: {string.Join(", ", unknown)}\nnot the first then the second: {differences[0]}\nnor the second then the first: {differences[1]}{string.Concat(differences.Skip(2).Select(difference => $"\nnor otherwise: {difference}"))}");
    }

    /// <summary>Both orders; between the two steps of one that has two; and without those whose outcome is unknown.</summary>
    private IEnumerable<Hypothesis> Hypotheses(Command one, Command other, bool[] unknown)
    {
        yield return Hypothesis.Of(Replayed(), one, other, false);
        yield return Hypothesis.Of(Replayed(), other, one, true);
        if (one.Rest is not null)
            yield return Hypothesis.Between(Replayed(), one, other, false);
        if (other.Rest is not null)
            yield return Hypothesis.Between(Replayed(), other, one, true);
        if (unknown[0])
            yield return Hypothesis.Without(Replayed(), other, 1);
        if (unknown[1])
            yield return Hypothesis.Without(Replayed(), one, 0);
        if (unknown[0] && unknown[1])
            yield return Hypothesis.OfNeither(Replayed());
    }

    /// <summary>What was begun in several transactions is finished by being called again; anything else stays unknown.</summary>
    private async Task<(CallResult Result, bool IsUnknown)> DoAsync(Command command, IChatHub? hub)
    {
        if (command.Erased is null)
        {
            var result = await system.DoAsync(command, hub);
            return (result, result.IsUnknown);
        }

        var (settled, unknown) = await system.SettleAsync(command, hub);
        return (settled, unknown > 0);
    }

    // Far below what a timer can do: the thread spins.
    private static Task<T> After<T>(TimeSpan delay, Func<Task<T>> call)
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
