using ChatHub.Tests.Model;
using ChatHub.Tests.Model.Reference;

namespace ChatHub.Tests.Races;

/// <summary>That one command came wholly before the other.</summary>
/// <param name="World">What there is afterwards.</param>
/// <param name="Steps">In their order; each with the place of its command in the race, if it has an answer.</param>
internal sealed record Hypothesis(World World, (Outcome Outcome, int? Command)[] Steps)
{
    public static Hypothesis Of(World world, Command first, Command second, bool isReversed) =>
        new(world, [(first.Model(world), isReversed ? 1 : 0), (second.Model(world), isReversed ? 0 : 1)]);

    /// <summary>That the other came after the first step of one that has two.</summary>
    public static Hypothesis Between(World world, Command one, Command other, bool isReversed) =>
        new(world, [(one.First!(world), isReversed ? 1 : 0), (other.Model(world), isReversed ? 0 : 1), (one.Rest!(world), null)]);

    /// <summary>That one of them, whose outcome is unknown, was not executed.</summary>
    public static Hypothesis Without(World world, Command executed, int place) => new(world, [(executed.Model(world), place)]);

    /// <summary>That neither was.</summary>
    public static Hypothesis OfNeither(World world) => new(world, []);

    /// <summary>What speaks against it; null if nothing.</summary>
    public async Task<string?> DifferenceAsync(SystemUnderTest system, RaceOutcome observed, CallResult[] answers, TimeSpan timeout)
    {
        var binding = system.Binding.Copy();
        foreach (var (outcome, command) in Steps)
        {
            if (command is { } place && answers[place] is { IsLost: false } answer && binding.Difference(outcome, answer) is { } difference)
                return $"answer {place + 1}: {difference}";
        }

        foreach (var user in World.Users.Where(u => !u.IsRemoved))
        {
            if (await DifferenceForAsync(user, system, observed, binding, timeout) is { } difference)
                return $"user {user.Index}: {difference}";
        }

        return null;
    }

    private async Task<string?> DifferenceForAsync(ModelUser user, SystemUnderTest system, RaceOutcome observed, Binding binding, TimeSpan timeout)
    {
        // State before events: by then the events have arrived too.
        foreach (var observation in Observation.Brief(World, user))
        {
            if (binding.Difference(observation.Expected, await observed.SeeAsync(user, observation)) is { } difference)
                return $"{observation.What}: {difference}";
        }

        if (observed.IsThorough)
        {
            foreach (var observation in Observation.All(World, user, binding).Concat(Observation.Deeper(World, user, binding, [0])))
            {
                if (await observation.DifferenceAsync(binding, system.Actors[user.Index].Caller.Hub) is { } difference)
                    return difference;
            }
        }

        foreach (var device in observed.DevicesOf(user.Index))
        {
            // The command that was called here gave an answer instead.
            var called = observed.Called(device);
            var expected = (from step in Steps
                            where called is null || step.Command != called
                            from e in step.Outcome.Events
                            where e.User == user
                            select (e.Event, observed.MayBeLost(step.Command))).ToList();
            var got = await observed.OnAsync(device, expected.Count, timeout);
            if (EventComparison.Difference(expected, got, binding) is { } difference)
                return difference;
        }

        return null;
    }
}
