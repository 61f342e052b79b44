using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ChatHub.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace ChatHub.Tests.Model;

/// <summary>
/// The server against a program that is nothing but the contract. CHATHUB_MODEL_OPERATIONS sets how much is done,
/// CHATHUB_MODEL_SEED repeats a run that failed.
/// </summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    private const int RequestsPerDay = 4;
    private const int OperationsPerPlay = 150;
    private const int SuiteOperations = 3000;
    private static readonly TimeSpan SuiteTime = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ShrinkingTime = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Whatever_users_do_the_server_answers_tells_and_shows_what_the_contract_says()
    {
        var length = Environment.GetEnvironmentVariable("CHATHUB_MODEL_OPERATIONS") is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : (int?)null;
        var seed = Environment.GetEnvironmentVariable("CHATHUB_MODEL_SEED") is { } chosen
            ? ulong.Parse(chosen, CultureInfo.InvariantCulture)
            : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

        await using var server = await InProcessServer.StartAsync(
            [("Messaging:RequestsPerDay", $"{RequestsPerDay}"), .. Operator.Settings]);
        await Operator.SignUpAsync(server);
        await server.Time.WaitedForAsync(Lockstep.SweepInterval).SoonAsync();
        var (steps, failure, failing, clock) = (0, (string?)null, Stopwatch.StartNew(), Stopwatch.StartNew());

        bool Holds(Play play)
        {
            // In the suite as many as there is time for; and a smaller play is worth some time, not any.
            if (failure is null ? length is null && clock.Elapsed > SuiteTime : failing.Elapsed > ShrinkingTime)
                return true;
            var (done, difference) = Task.Run(() => PlayAsync(server, play, isFirst: failure is null)).GetAwaiter().GetResult();
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
            .WithMaxTest(Math.Max(1, (length ?? SuiteOperations) / OperationsPerPlay))
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 1), FSharpOption<int>.None)));
        try
        {
            Check.One(config.WithRunner(new Quiet()), Prop.ForAll(Plays.Of(OperationsPerPlay), Holds));
        }
        finally
        {
            output.WriteLine($"CHATHUB_MODEL_SEED={seed}: {steps} operations");
        }

        Assert.True(failure is null, $"CHATHUB_MODEL_SEED={seed}\n{failure}");
    }

    private static async Task<(int Steps, string? Difference)> PlayAsync(InProcessServer server, Play play, bool isFirst)
    {
        using var theOperator = await Operator.SignInAsync(server);
        await using var stage = await Stage.SetAsync(server, theOperator, play.Users);
        var lockstep = new Lockstep(stage, await stage.ModelAsync(RequestsPerDay), TimeSpan.FromSeconds(isFirst ? 10 : 1));
        var difference = await lockstep.PlayAsync(play);
        return (lockstep.Steps, difference);
    }
}
