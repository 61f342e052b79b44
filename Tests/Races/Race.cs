using ChatHub.Tests.Model;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Races;

/// <summary>Two fresh users; a scene is set, then two commands meet. What comes of it must be what one after the other gives.</summary>
/// <param name="stage">With two users.</param>
/// <param name="emptyWorld">A model of them.</param>
/// <param name="isThorough">Everything that can be looked at is, afterwards.</param>
internal sealed class Race(Stage stage, Func<World> emptyWorld, bool isThorough)
{
    private readonly TimeSpan _patience = stage.IsDirect ? TimeSpan.Zero : TimeSpan.FromSeconds(5);
    private readonly List<Command> _done = [];

    /// <summary>What went wrong; null if nothing.</summary>
    public async Task<string?> RunAsync(IEnumerable<Func<Pair, Command>> scene, Func<Pair, Command> one, Func<Pair, Command> other, bool swap)
    {
        foreach (var step in scene)
        {
            var command = step(new(Replayed(), 0, 1));
            // The scene is held to the model too: its answers bind the ids.
            var expected = command.Model(Replayed());
            if (stage.Binding.Difference(expected, await stage.DoAsync(command)) is { } difference)
                throw new InvalidOperationException(stage.Readable($"The scene, at {command}: {difference}"));
            await HearAsync(command, expected);
            _done.Add(command);
        }

        var before = Replayed();
        var pair = new Pair(before, 0, 1);
        return await MeetAsync(one(pair), other(swap ? pair.Swapped : pair));
    }

    private async Task<string?> MeetAsync(Command one, Command other)
    {
        List<Hypothesis> hypotheses = [Hypothesis.Of(Replayed(), one, other, false), Hypothesis.Of(Replayed(), other, one, true)];
        if (one.Rest is not null)
            hypotheses.Add(Hypothesis.Between(Replayed(), one, other, false));
        if (other.Rest is not null)
            hypotheses.Add(Hypothesis.Between(Replayed(), other, one, true));
        // Two calls of one user come from two devices.
        var hubs = new[] { one.Caller is { } a ? stage.Actors[a].Calls.Hub : null, other.Caller is { } b ? (b == one.Caller ? stage.Actors[b].Hears : stage.Actors[b].Calls).Hub : null };
        var answers = await Task.WhenAll(Task.Run(() => stage.DoAsync(one, hubs[0])), Task.Run(() => stage.DoAsync(other, hubs[1])));

        var heard = new RaceOutcome(stage, hubs, isThorough);
        var differences = new List<string>();
        foreach (var hypothesis in hypotheses)
        {
            if (await hypothesis.DifferenceAsync(stage, heard, answers, _patience) is not { } difference)
                return null;
            differences.Add(difference);
        }

        return stage.Readable($"before:\n{string.Join('\n', _done)}\nat once:\n{one}\n{other}\nnot the first then the second: {differences[0]}\nnor the second then the first: {differences[1]}{(differences.Count > 2 ? $"\nnor between the two steps: {differences[2]}" : "")}");
    }

    private World Replayed()
    {
        var world = emptyWorld();
        foreach (var command in _done)
            command.Model(world);
        return world;
    }

    // What the scene makes heard is not the race's. An event may come after a later answer: it is waited for.
    private async Task HearAsync(Command command, Outcome expected)
    {
        foreach (var user in expected.Events.Select(e => e.User.Index))
        {
            await stage.Actors[user].Hears.HearAsync(1, _patience);
            if (user != command.Caller)
                await stage.Actors[user].Calls.HearAsync(1, _patience);
        }
    }
}
