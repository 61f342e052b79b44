using System.Diagnostics;
using System.Globalization;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model;
using Xunit;

namespace ChatHub.Tests.Races;

/// <summary>
/// Whatever two things meet on the same two users, it is as if one had come after the other: answers, events, versions,
/// badges, lists. CHATHUB_RACE_ROUNDS sets how often each pair of acts meets in each scene, from either side.
/// </summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int RequestsPerDay = 20;
    private static readonly TimeSpan SuiteTime = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Whatever_meets_comes_out_as_one_after_the_other()
    {
        var chosen = Environment.GetEnvironmentVariable("CHATHUB_RACE_ROUNDS") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        await using var server = await InProcessServer.StartAsync(Operator.Settings);
        await Operator.SignUpAsync(server);
        using var theOperator = await Operator.SignInAsync(server);

        var races = Races(chosen ?? 1).ToArray();
        // In the suite as many as there is time for, another choice each time.
        if (chosen is null)
            Random.Shared.Shuffle(races);
        var (run, clock, failures) = (0, Stopwatch.StartNew(), new List<string>());
        foreach (var race in races)
        {
            if ((chosen is null && clock.Elapsed > SuiteTime) || failures.Count > 5)
                break;
            run++;
            if (await RunAsync(server, theOperator, race) is { } failure)
                failures.Add($"{race.Name}\n{failure}");
        }

        output.WriteLine($"{run} races of {races.Length}");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static async Task<string?> RunAsync(InProcessServer server, Operator theOperator, Meeting race)
    {
        await using var stage = await Stage.SetAsync(server, theOperator, 2);
        var epoch = (await stage.Actors[0].Calls.Hub.GetMe(new())).Epoch;
        try
        {
            return await new Race(stage, () => stage.Model(epoch, RequestsPerDay)).RunAsync(race.Scene, race.One, race.Other, race.Swap);
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<Meeting> Races(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var scene in Acts.Scenes)
            {
                for (var one = 0; one < Acts.All.Length; one++)
                {
                    for (var other = one; other < Acts.All.Length; other++)
                    {
                        foreach (var swap in new[] { false, true })
                        {
                            var name = $"{scene.Name}: {Acts.All[one].Name} meets {Acts.All[other].Name}{(swap ? ", swapped" : "")}";
                            yield return new(name, scene.Steps, Acts.All[one].Make, Acts.All[other].Make, swap);
                        }
                    }
                }
            }
        }
    }

    private sealed record Meeting(string Name, Func<Pair, Command>[] Scene, Func<Pair, Command> One, Func<Pair, Command> Other, bool Swap);
}
