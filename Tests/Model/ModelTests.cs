using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Model.Reference;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace ChatHub.Tests.Model;

/// <summary>
/// Random operations, run against the server and against a model of the contract (Reference). CHATHUB_MODEL_OPERATIONS sets how much is done,
/// CHATHUB_MODEL_SEED repeats a run that failed, and then there is time to shrink it well.
/// </summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    private static readonly ModelLimits ServerLimits = new(RequestsPerDay: 4, NewAccountRequestsPerDay: 2, RequestsReceivedPerDay: 2);
    private const int OperationsPerSequence = 150;
    private const int SuiteOperations = 20_000;
    private const int Worlds = 2;
    private static readonly TimeSpan SocketsTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestSuite = TimeSpan.FromSeconds(10);
    private static readonly ulong? Seed = Chosen("CHATHUB_MODEL_SEED") is { } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : null;
    private static readonly TimeSpan ShrinkingTime = TimeSpan.FromMinutes(Seed is null ? 1 : 10);

    /// <summary>Over sockets: as much as there is time for.</summary>
    [Fact]
    public async Task Random_operations_over_sockets_match_the_model()
    {
        await using var server = await InProcessServer.StartAsync(Settings);
        await RunAsync(server, SuiteOperations, directly: false, SocketsTime);
    }

    /// <summary>Tens of thousands of operations, without sockets, in worlds of their own side by side.</summary>
    [Fact]
    public Task Random_operations_by_the_thousands_match_the_model()
    {
        var chosen = Chosen("CHATHUB_MODEL_OPERATIONS") is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : (int?)null;
        return Task.WhenAll(Enumerable.Range(0, Worlds).Select(world => Task.Run(async () =>
        {
            await using var server = await InProcessServer.StartDirectAsync(Settings);
            // On a slow machine fewer.
            await RunAsync(server, (chosen ?? SuiteOperations) / Worlds, directly: true, chosen is null ? LongestSuite : null, world);
        })));
    }

    private static (string Key, string Value)[] Settings =>
    [
        ("Messaging:RequestsPerDay", $"{ServerLimits.RequestsPerDay}"),
        ("Messaging:NewAccountRequestsPerDay", $"{ServerLimits.NewAccountRequestsPerDay}"),
        ("Messaging:RequestsReceivedPerDay", $"{ServerLimits.RequestsReceivedPerDay}"),
        // The model keeps every request; its clock covers most of a year.
        ("Retention:RequestsDays", "0"),
        ("Moderation:ReportsPerDay", $"{World.ReportsPerDay}"),
    ];

    private async Task RunAsync(InProcessServer server, int operations, bool directly, TimeSpan? longest, int world = 0)
    {
        await Operator.SignUpAsync(server);
        await server.Time.TimerSetAsync(ModelComparison.SweepInterval).SoonAsync();
        var seed = Seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        var (steps, failure, failing, clock) = (0, (string?)null, Stopwatch.StartNew(), Stopwatch.StartNew());

        bool Holds(OperationSequence sequence)
        {
            // Shrinking has a time limit.
            if (failure is null ? clock.Elapsed > longest : failing.Elapsed > ShrinkingTime)
                return true;
            var (done, difference) = Task.Run(() => CompareAsync(server, sequence, directly, isFirst: failure is null)).GetAwaiter().GetResult();
            steps += done;
            if (difference is null)
                return true;
            if (failure is null)
                failing.Restart();
            failure = difference;
            return false;
        }

        var config = Config.Quick
            .WithQuietOnSuccess(true)
            .WithMaxTest(Math.Max(1, operations / OperationsPerSequence))
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed + (ulong)world, 1), FSharpOption<int>.None)));
        try
        {
            Check.One(config.WithRunner(new SilentRunner()), Prop.ForAll(OperationSequences.Of(OperationsPerSequence), Holds));
        }
        finally
        {
            output.WriteLine($"CHATHUB_MODEL_SEED={seed}: {steps} operations in {clock.Elapsed.TotalSeconds:0} s");
            if (server.Database.Faults is { } faults)
                output.WriteLine($"faults: {faults}");
        }

        Assert.True(failure is null, $"CHATHUB_MODEL_SEED={seed}\n{failure}");
    }

    private static async Task<(int Steps, string? Difference)> CompareAsync(InProcessServer server, OperationSequence sequence, bool directly, bool isFirst)
    {
        using var theOperator = await Operator.SignInAsync(server);
        await using var system = await SystemUnderTest.CreateAsync(server, theOperator, sequence.Users, directly);
        // Without sockets, events are there when the call returns: there is nothing to wait for.
        var timeout = directly ? TimeSpan.Zero : TimeSpan.FromSeconds(isFirst ? 10 : 1);
        var comparison = new ModelComparison(system, await system.ModelAsync(ServerLimits), timeout);
        var difference = await comparison.CompareAsync(sequence);
        return (comparison.Steps, difference);
    }

    private static string? Chosen(string variable) => Environment.GetEnvironmentVariable(variable);
}
