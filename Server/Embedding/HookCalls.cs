using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Embedding;

/// <summary>
/// Calls the host's hooks: never on the caller's thread, each in a service scope of its own, at most 1,000 at once. A hook that ignores
/// its cancellation, or blocks its thread, is not waited for; it keeps its place among the 1,000 until it ends.
/// </summary>
public sealed class HookCalls(
    IServiceScopeFactory scopes, IServiceProviderIsService registered, IOptions<HookOptions> options, TimeProvider time, ILogger<HookCalls> log)
    : IDisposable
{
    private const int MaxCalls = 1_000;
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = MaxCalls,
        QueueLimit = MaxCalls,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
    private readonly ExpiringSet<string> _logged = new(LogInterval, time);

    /// <summary>Whether the host has registered the hook.</summary>
    public bool Has<THook>() => registered.IsService(typeof(THook));

    /// <summary>Begins the time that the hooks have for one contact or sign-in.</summary>
    public HookDeadline Begin() => new(time.GetTimestamp());

    /// <summary>What is left of it; never negative.</summary>
    public TimeSpan Left(HookDeadline deadline)
    {
        var left = TimeSpan.FromMilliseconds(options.Value.TimeoutMilliseconds) - time.GetElapsedTime(deadline.StartedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Calls a hook until the deadline.</summary>
    /// <returns>Its response; not answered where it threw or was too late, which is logged.</returns>
    public async Task<(bool IsAnswered, T? Response)> TryAsync<THook, T>(
        Func<THook, CancellationToken, Task<T>> call, HookDeadline deadline, CancellationToken cancellation)
        where THook : notnull
    {
        using var timeout = new CancellationTokenSource(Left(deadline), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        // Taken now: an abandoned call outlives its source.
        var token = either.Token;
        try
        {
            return (true, await Task.Run(() => CallAsync(call, token), CancellationToken.None).WaitAsync(token));
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            Failed(typeof(THook).Name, e);
            return default;
        }
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>Logs a failure of a hook: once a minute, however many callers it concerns.</summary>
    public void Failed(string hook, Exception e)
    {
        if (_logged.Contains(hook))
            return;
        _logged.Add(hook);
        HookLog.HookFailed(log, e, hook);
    }

    private async Task<T> CallAsync<THook, T>(Func<THook, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where THook : notnull
    {
        using var lease = await _limiter.AcquireAsync(1, cancellation);
        if (!lease.IsAcquired)
            throw new InvalidOperationException($"{MaxCalls} calls of hooks have not ended, and as many wait.");
        await using var scope = scopes.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<THook>(), cancellation);
    }
}
