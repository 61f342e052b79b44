using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Every wait of a test has an end, generous enough for a busy machine.</summary>
public static class TestTimeouts
{
    /// <remarks>Of SQL Server more: a call may wait for as long as an outage is bridged (40 s).</remarks>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(TestDatabase.IsSqlServer ? 90 : 30);

    /// <summary>For what waits for the start of another program.</summary>
    public static readonly TimeSpan Start = 4 * Limit;

    /// <summary>For what waits until a user who counts as connected is certain to be (35 s).</summary>
    public static readonly TimeSpan Certainty = Limit + TimeSpan.FromSeconds(35);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Asks until it is so: for what raises no event here, as the state of another program.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(clock.Elapsed < Limit, $"Not within {Limit.TotalSeconds} s: {what}");
            await Task.Delay(Pause, Token);
        }
    }

    /// <inheritdoc cref="EventuallyAsync(Func{Task{bool}}, string)"/>
    public static Task EventuallyAsync(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") =>
        EventuallyAsync(() => Task.FromResult(isSo()), what);

    public static async Task<T> SoonAsync<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await task.WithinAsync(Limit, what);
        return await task;
    }

    public static Task SoonAsync(this Task task, [CallerArgumentExpression(nameof(task))] string what = "") => task.WithinAsync(Limit, what);

    public static async Task WithinAsync(this Task task, TimeSpan limit, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(limit, Token);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not within {limit.TotalSeconds} s: {what}");
        }
    }
}
