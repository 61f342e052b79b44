using ChatHub.Server.Storage.SqlServer;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>When a transaction on SQL Server is run again: long enough for a failover, and never for ever.</summary>
public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(FaultKind.Conflict, 20)]
    [InlineData(FaultKind.Unseen, 3)]
    [InlineData(FaultKind.Permanent, 1)]
    internal void A_fault_is_tried_a_bounded_number_of_times(FaultKind kind, int attempts)
    {
        Assert.All(Enumerable.Range(1, attempts - 1), attempt => Assert.NotNull(RetrySchedule.Next(kind, attempt, TimeSpan.Zero, 0.5)));
        Assert.Null(RetrySchedule.Next(kind, attempts, TimeSpan.Zero, 0.5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void An_outage_of_30_seconds_is_bridged_and_one_of_a_minute_is_not(double random)
    {
        // Attempts that fail at once; with random 0 there is no pause, which full jitter allows, but never all the time.
        var (elapsed, last, attempts) = (TimeSpan.Zero, TimeSpan.Zero, 1);
        while (RetrySchedule.Next(FaultKind.Outage, attempts, elapsed, random) is { } delay)
        {
            elapsed += delay + TimeSpan.FromMilliseconds(1);
            (last, attempts) = (delay, attempts + 1);
        }

        Assert.InRange(elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.InRange(last, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Pauses_grow_and_are_jittered()
    {
        TimeSpan At(int attempt, double random) => RetrySchedule.Next(FaultKind.Outage, attempt, TimeSpan.Zero, random)!.Value;

        Assert.True(At(2, 0.5) > At(1, 0.5));
        Assert.Equal(At(20, 0.5), At(40, 0.5));
        Assert.NotEqual(At(3, 0.1), At(3, 0.9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(600)]
    public void Inner_time_limits_are_below_outer_ones(int commandSeconds)
    {
        var limits = new TimeLimits(commandSeconds);

        Assert.InRange(limits.ApplicationLockMilliseconds, 1, limits.LockMilliseconds - 1);
        Assert.InRange(limits.LockMilliseconds, 1, (commandSeconds * 1_000) - 1);
    }
}
