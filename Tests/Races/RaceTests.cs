using System.Diagnostics;
using System.Globalization;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model;
using Xunit;

namespace ChatHub.Tests.Races;

/// <summary>
/// Two commands at the same time on the same two users: results, events, versions, badges and lists must be those of one
/// after the other. CHATHUB_RACE_ROUNDS sets how often every two commands meet in each setup, from either side, without a
/// time limit. CHATHUB_RACE_SEED (printed with each failure) repeats one race: as often as CHATHUB_RACE_ROUNDS says, else 100 times.
/// </summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int MaxFailures = 5;

    // Every two commands meet in eight setups from two sides: 208 times in all.
    private const int DefaultRounds = 13;
    private const int RepeatsOfASeed = 100;
    private const int AtOnce = 8;
    private const int ThoroughEach = 10;
    private static readonly TimeSpan SocketsTimeLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DirectTimeLimit = TimeSpan.FromSeconds(12);
    private static readonly int? Rounds = Chosen("CHATHUB_RACE_ROUNDS");
    private static readonly int? Seed = Chosen("CHATHUB_RACE_SEED");

    private static bool HasTimeLimit => Rounds is null && Seed is null;

    /// <summary>Over sockets, with every read compared: as many races as there is time for, another choice each time.</summary>
    [Fact]
    public async Task Concurrent_commands_over_sockets_are_serialisable()
    {
        await using var server = await InProcessServer.StartAsync();
        await Operator.SignUpAsync(server);
        using var theOperator = await Operator.SignInAsync(server);
        server.Database.Faults?.BreakCommits = true;
        var races = Races(1).ToArray();

        var (run, met, clock, failures) = (0, 0, Stopwatch.StartNew(), new List<string>());
        foreach (var race in races.TakeWhile(_ => clock.Elapsed < SocketsTimeLimit && failures.Count < MaxFailures))
        {
            run++;
            if (await RunAsync(server, theOperator, race, directly: false, isThorough: true, failures))
                met++;
        }

        output.WriteLine($"{run} races of {races.Length}");
        AssertMet(server, run, met);
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>Hundreds of races for every two commands, several at once on one database, without sockets.</summary>
    [Fact]
    public async Task Concurrent_commands_by_the_hundreds_are_serialisable()
    {
        await using var server = await InProcessServer.StartDirectAsync();
        await Operator.SignUpAsync(server);
        using var theOperator = await Operator.SignInAsync(server);
        server.Database.Faults?.BreakCommits = true;

        var (run, met, clock, failures) = (0, 0, Stopwatch.StartNew(), new List<string>());
        await Parallel.ForEachAsync(Races(Rounds ?? DefaultRounds), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (race, _) =>
        {
            // On a slow machine fewer rounds; on a slow database a part of the first, another one each time.
            if (failures.Count < MaxFailures && (!HasTimeLimit || clock.Elapsed < DirectTimeLimit))
            {
                var isThorough = Interlocked.Increment(ref run) % ThoroughEach == 0;
                if (await RunAsync(server, theOperator, race, directly: true, isThorough, failures))
                    Interlocked.Increment(ref met);
            }
        });

        output.WriteLine($"{run} races of {Races(Rounds ?? DefaultRounds).Count()} in {clock.Elapsed.TotalSeconds:0} s");
        AssertMet(server, run, met);
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.Empty(await server.Database.ListAsync<string>(BadgeConsistency.MismatchedUsers));
    }

    [Fact]
    public void Seed_gives_the_same_race_again()
    {
        var seeds = Enumerable.Range(0, Meeting.Count).Select(Meeting.NewSeed).ToList();

        Assert.Equal(seeds.Select(Meeting.FromSeed).Select(Summary), seeds.Select(Meeting.FromSeed).Select(Summary));
        Assert.Equal(Meeting.Count, seeds.Select(seed => Meeting.FromSeed(seed).Name).Distinct().Count());
        Assert.Contains(seeds, seed => Meeting.FromSeed(seed).HeadStart > TimeSpan.Zero);
        Assert.Contains(seeds, seed => Meeting.FromSeed(seed).HeadStart < TimeSpan.Zero);

        static (string, bool, TimeSpan) Summary(Meeting race) => (race.Name, race.Swap, race.HeadStart);
    }

    private void AssertMet(InProcessServer server, int run, int met)
    {
        if (server.Database.Faults is { } faults)
            output.WriteLine($"{met} met; faults: {faults}");
        Assert.InRange(met, server.Database.Faults is null ? run : run / 2, run);
    }

    /// <returns>Whether the two commands met: a fault may have cut off the setup.</returns>
    private static async Task<bool> RunAsync(
        InProcessServer server, Operator theOperator, Meeting race, bool directly, bool isThorough, List<string> failures)
    {
        await using var system = await SystemUnderTest.CreateAsync(server, theOperator, 2, directly);
        var meeting = new Race(system, await system.ModelAsync(new()), isThorough);
        string? failure;
        try
        {
            failure = await meeting.RunAsync(race);
        }
        catch (InvalidOperationException e)
        {
            failure = e.Message;
        }

        if (failure is not null)
        {
            lock (failures)
                failures.Add($"CHATHUB_RACE_SEED={race.Seed} ({race.Name})\n{failure}");
        }

        return !meeting.IsCutOff;
    }

    /// <summary>Rounds of all meetings, each round in a random order; with a seed, that race again and again.</summary>
    private static IEnumerable<Meeting> Races(int rounds)
    {
        if (Seed is { } seed)
        {
            foreach (var _ in Enumerable.Range(0, Rounds ?? RepeatsOfASeed))
                yield return Meeting.FromSeed(seed);
            yield break;
        }

        var indexes = Enumerable.Range(0, Meeting.Count).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            Random.Shared.Shuffle(indexes);
            foreach (var index in indexes)
                yield return Meeting.FromSeed(Meeting.NewSeed(index));
        }
    }

    private static int? Chosen(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
