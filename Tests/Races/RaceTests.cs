using System.Diagnostics;
using System.Globalization;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model;
using Xunit;

namespace ChatHub.Tests.Races;

/// <summary>
/// Whatever two things meet on the same two users, it is as if one had come after the other: answers, events, versions,
/// badges, lists. CHATHUB_RACE_ROUNDS sets how often each pair of acts meets in each scene, from either side, however long
/// it takes.
/// </summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int MostFailures = 5;

    // Each pair of acts meets in eight scenes from two sides: 208 times in all.
    private const int Rounds = 13;
    private const int AtOnce = 8;
    private const int ThoroughEach = 10;
    private static readonly TimeSpan SocketsTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestSuite = TimeSpan.FromSeconds(90);

    /// <summary>Over sockets, everything looked at: as many as there is time for, another choice each time.</summary>
    [Fact]
    public async Task Whatever_meets_comes_out_as_one_after_the_other()
    {
        await using var server = await InProcessServer.StartAsync(Operator.Settings);
        await Operator.SignUpAsync(server);
        using var theOperator = await Operator.SignInAsync(server);
        var races = Races(1).ToArray();

        var (run, clock, failures) = (0, Stopwatch.StartNew(), new List<string>());
        foreach (var race in races.TakeWhile(_ => clock.Elapsed < SocketsTime && failures.Count < MostFailures))
        {
            run++;
            await RunAsync(server, theOperator, race, directly: false, isThorough: true, failures);
        }

        output.WriteLine($"{run} races of {races.Length}");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>Hundreds of times for each pair of acts, several races at once on one database, without sockets.</summary>
    [Fact]
    public async Task Nor_does_it_come_out_otherwise_in_hundreds_of_times()
    {
        var chosen = Environment.GetEnvironmentVariable("CHATHUB_RACE_ROUNDS") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        await using var server = await InProcessServer.StartDirectAsync(Operator.Settings);
        await Operator.SignUpAsync(server);
        using var theOperator = await Operator.SignInAsync(server);

        var (run, clock, failures) = (0, Stopwatch.StartNew(), new List<string>());
        await Parallel.ForEachAsync(Races(chosen ?? Rounds), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (race, _) =>
        {
            // On a slow machine fewer rounds of everything; on a slow database a part of the first, another one each time.
            if (failures.Count < MostFailures && (chosen is not null || clock.Elapsed < LongestSuite))
                await RunAsync(server, theOperator, race, directly: true, isThorough: Interlocked.Increment(ref run) % ThoroughEach == 0, failures);
        });

        output.WriteLine($"{run} races of {Races(chosen ?? Rounds).Count()} in {clock.Elapsed.TotalSeconds:0} s");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.Empty(await server.Database.ListAsync<string>(KeptBadges.Wrong));
    }

    private static async Task RunAsync(
        InProcessServer server, Operator theOperator, Meeting race, bool directly, bool isThorough, List<string> failures)
    {
        await using var stage = await Stage.SetAsync(server, theOperator, 2, directly);
        var epoch = (await stage.Actors[0].Calls.Hub.GetMe(new())).Epoch;
        string? failure;
        try
        {
            failure = await new Race(stage, () => stage.Model(epoch, new()), isThorough).RunAsync(race.Scene, race.One, race.Other, race.Swap);
        }
        catch (InvalidOperationException e)
        {
            failure = e.Message;
        }

        if (failure is not null)
        {
            lock (failures)
                failures.Add($"{race.Name}\n{failure}");
        }
    }

    /// <summary>Rounds of all meetings, each in an order of its own.</summary>
    private static IEnumerable<Meeting> Races(int rounds)
    {
        var meetings = Meetings().ToArray();
        for (var round = 0; round < rounds; round++)
        {
            Random.Shared.Shuffle(meetings);
            foreach (var meeting in meetings)
                yield return meeting;
        }
    }

    private static IEnumerable<Meeting> Meetings()
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

    private sealed record Meeting(string Name, Func<Pair, Command>[] Scene, Func<Pair, Command> One, Func<Pair, Command> Other, bool Swap);
}
