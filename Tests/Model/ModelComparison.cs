using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Model;

/// <summary>Runs a sequence of operations against model and server, a step at a time, and stops at the first difference.</summary>
internal sealed class ModelComparison(SystemUnderTest system, Func<World> newWorld, TimeSpan timeout)
{
    /// <summary>The server's interval between two sweeps.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(340);
    // What should have changed is read after every step; of everything else a fifth.
    private const int Rotation = 5;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly List<string> _script = [];
    private readonly Dictionary<(int User, string What), string> _expected = [];
    private readonly List<Action<World>> _past = [];
    private World _world = newWorld();
    private TimeSpan _waited;
    private int _step;

    public int Steps => _step;

    /// <summary>The operations and the first difference; null if there is none.</summary>
    public async Task<string?> CompareAsync(OperationSequence sequence)
    {
        try
        {
            foreach (var operation in sequence.Operations)
            {
                _step++;
                var difference = await StepAsync(operation) ?? (_step % 25 == 0 ? await LookDeeperAsync(operation) : null);
                if (difference is not null)
                    return Script(difference);
            }

            return await LookDeeperAsync(sequence.Operations.LastOrDefault()) is { } late ? Script($"at the end: {late}") : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Script(e.ToString());
        }
    }

    private string Script(string difference) => system.Readable($"{string.Join('\n', _script)}\n=> {difference}");

    private async Task<string?> StepAsync(Operation operation)
    {
        if (operation.Kind == Kind.Wait || _world.IsAnythingDue(Tick))
            return await WaitAsync(Duration(operation.Kind == Kind.Wait ? operation.Vary : 0));

        // No two things happen at the same instant, so that lists have one order.
        system.Server.Time.Advance(Tick);
        _world.Advance(Tick);
        _past.Add(world => world.Advance(Tick));
        if (CommandFactory.Create(_world, operation, $"c{_step}") is not { } command)
            return null;

        _script.Add($"{_step}. {command}");
        var carriedOut = system.Faults?.CarriedOut ?? 0;
        var (result, unknown) = await SettleAsync(command);
        var (expected, difference) = unknown == 0
            ? Compare(command, result)
            : await CompareAsync(command, result, unknown, system.Faults!.CarriedOut - carriedOut);
        if (command.Erased is { } erased && expected.Code is null)
            await system.Actors[erased].DisposeAsync();
        // An erasure is several transactions: of one that was begun again, a part had been published before.
        return difference ?? await LookAsync(expected.Events, command.Caller, mayBeLost: unknown > 0 && command.Erased is not null);
    }

    /// <summary>COMMITs break in commands alone: the sweep runs again by itself, a round later.</summary>
    private async Task<(CallResult Result, int Unknown)> SettleAsync(Command command)
    {
        system.Faults?.BreakCommits = true;
        try
        {
            return await system.SettleAsync(command);
        }
        finally
        {
            system.Faults?.BreakCommits = false;
        }
    }

    private (Outcome Expected, string? Difference) Compare(Command command, CallResult result)
    {
        var expected = command.Model(_world);
        _past.Add(world => command.Model(world));
        return (expected, system.Binding.Difference(expected, result));
    }

    /// <summary>
    /// Of the attempts with an unknown outcome each may have been executed: one of these numbers must give the last result and every
    /// user's state. The events of the attempts before the last one are lost.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="result">Of the last attempt.</param>
    /// <param name="unknown">How many attempts there were before it.</param>
    /// <param name="likely">The number to try first: not every execution shows at once (a report that counts for its day).</param>
    private async Task<(Outcome Expected, string? Difference)> CompareAsync(Command command, CallResult result, int unknown, int likely)
    {
        _script.Add($"   its outcome was unknown: {unknown} ×");
        var differences = new List<string>();
        foreach (var lost in Enumerable.Range(0, unknown + 1).OrderBy(lost => Math.Abs(lost - likely)))
        {
            var world = newWorld();
            foreach (var step in _past.Concat(Enumerable.Repeat<Action<World>>(w => command.Model(w), lost)))
                step(world);
            var expected = command.Model(world);
            if (await DifferenceAsync(world, expected, result) is { } difference)
            {
                differences.Add($"executed {lost} × before: {difference}");
                continue;
            }

            _world = world;
            _past.AddRange(Enumerable.Repeat<Action<World>>(w => command.Model(w), lost + 1));
            return (expected, system.Binding.Difference(expected, result));
        }

        return (command.Model(_world), string.Join('\n', differences));
    }

    private async Task<string?> DifferenceAsync(World world, Outcome expected, CallResult result)
    {
        var binding = system.Binding.Copy();
        if (binding.Difference(expected, result) is { } difference)
            return difference;
        foreach (var user in world.Users.Where(user => !user.IsRemoved))
        {
            foreach (var observation in Observation.Brief(world, user))
            {
                if (await observation.DifferenceAsync(binding, system.Actors[user.Index].Caller.Hub) is { } state)
                    return $"user {user.Index}: {state}";
            }
        }

        return null;
    }

    private async Task<string?> WaitAsync(TimeSpan duration)
    {
        // Tokens live for a year: a sequence must end within it.
        if (_waited + duration > MaxDuration)
            duration = TimeSpan.FromMinutes(1);
        _waited += duration;
        _script.Add($"{_step}. wait {duration}");
        var expected = _world.Advance(duration);
        _past.Add(world => world.Advance(duration));
        system.Server.Time.Advance(duration);
        await system.Server.Time.TimerSetAsync(SweepInterval).SoonAsync("the sweep to be done");
        return await LookAsync(expected, null);
    }

    private static TimeSpan Duration(int vary) => (vary % 10) switch
    {
        0 => TimeSpan.FromMinutes(1 + vary % 59),
        1 => TimeSpan.FromHours(1),
        2 => TimeSpan.FromHours(5 + vary % 19),
        3 => TimeSpan.FromDays(1),
        4 => TimeSpan.FromHours(25),
        5 => TimeSpan.FromDays(3),
        6 => TimeSpan.FromDays(10),
        7 => TimeSpan.FromDays(29),
        8 => TimeSpan.FromDays(30),
        _ => TimeSpan.FromDays(31),
    };

    private async Task<string?> LookAsync(IReadOnlyList<ModelEvent> events, int? caller, bool mayBeLost = false) => await EachAsync(async (actor, user) =>
    {
        var all = Observation.All(_world, user, system.Binding).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            if ((IsNews(user, all[i]) || (i + _step) % Rotation == 0) && await all[i].DifferenceAsync(system.Binding, actor.Caller.Hub) is { } difference)
                return difference;
        }

        // A marker: events sent earlier arrive before this call's result.
        await actor.Listener.Hub.GetMe(new());
        var expected = events.Where(e => e.User == user).Select(e => (e.Event, mayBeLost)).ToList();
        return Named("its other device", await DifferenceAsync(actor.Listener, expected))
            ?? Named("its calling device", await DifferenceAsync(actor.Caller, caller == user.Index ? [] : expected));
    });

    private async Task<string?> DifferenceAsync(IDevice device, List<(IVersioned, bool)> expected) =>
        EventComparison.Difference(expected, await device.ReceiveAsync(expected.Count, timeout), system.Binding);

    private bool IsNews(ModelUser user, Observation observation)
    {
        var (key, now) = ((user.Index, observation.What), $"{observation.Expected.Code}{Binding.Describe(observation.Expected.Answer)}");
        var isNews = _expected.GetValueOrDefault(key) != now;
        _expected[key] = now;
        return isNews;
    }

    private async Task<string?> LookDeeperAsync(Operation? operation) => await EachAsync(async (actor, user) =>
    {
        var random = new Random(HashCode.Combine(operation?.Pick, operation?.Vary));
        foreach (var observation in Observation.Deeper(_world, user, system.Binding, [0, random.NextInt64(user.Version + 1), random.NextInt64(user.Version + 1)]))
        {
            if (await observation.DifferenceAsync(system.Binding, actor.Caller.Hub) is { } difference)
                return difference;
        }

        return null;
    });

    private async Task<string?> EachAsync(Func<Actor, ModelUser, Task<string?>> look)
    {
        foreach (var user in _world.Users.Where(u => !u.IsRemoved))
        {
            if (await look(system.Actors[user.Index], user) is { } difference)
                return $"user {user.Index} ({user.Id}): {difference}";
        }

        return null;
    }

    private static string? Named(string where, string? difference) => difference is null ? null : $"{where}: {difference}";
}
