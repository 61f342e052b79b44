using System.Diagnostics;
using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>
/// Redis fails under load, in every way: a crowd of applications on two instances loses nothing, sees everything once and
/// in order, and has caught up soon after Redis is back.
/// </summary>
[Collection(nameof(SerialCollection))]
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Pairs = 75;

    // Sooner than by a round of positions.
    private static readonly TimeSpan ConvergedWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Redis_killed_restarted_and_paused_under_load_loses_nothing_and_converges()
    {
        await using var cluster = await Cluster.StartAsync(2);
        await using var crowd = await ChatLoads.StartAsync(cluster, Pairs);

        foreach (var isPaused in (bool[])[false, true, false])
        {
            await crowd.GoOnAsync();
            await (isPaused ? cluster.Redis.PauseAsync() : cluster.Redis.KillAsync());
            await cluster.ReadyAsync("degraded");
            // Local delivery goes on meanwhile.
            await using (await cluster[1].OpenChatAsync())
            {
            }

            await (isPaused ? cluster.Redis.ResumeAsync() : cluster.Redis.RunAsync());
            var clock = Stopwatch.StartNew();
            await crowd.ConvergeAsync();
            var converged = clock.Elapsed;
            output.WriteLine($"{(isPaused ? "paused" : "killed")}: converged after {converged.TotalSeconds:0.00} s");
            Assert.InRange(converged, TimeSpan.Zero, ConvergedWithin);

            await cluster.ReadyAsync();
        }

        await crowd.GoOnAsync();
        await crowd.EndAsync();
    }
}
