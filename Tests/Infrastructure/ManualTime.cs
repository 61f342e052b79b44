namespace ChatHub.Tests.Infrastructure;

/// <summary>A clock that a test advances; timers fire as it passes them.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan DueIn, TaskCompletionSource Set)> _awaited = [];
    private DateTimeOffset _now = start;

    /// <summary>From now on, in whole milliseconds: what is stored is then the same instant.</summary>
    public ManualTime()
        : this(DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>Advances until the task completes: for what the server does in periodic rounds.</summary>
    public Task<T> AdvanceUntilAsync<T>(Task<T> happens) => AdvanceUntilAsync(happens, LongStep);

    /// <inheritdoc cref="AdvanceUntilAsync{T}(Task{T})"/>
    public Task AdvanceUntilAsync(Task happens) => AdvanceUntilAsync(happens, LongStep);

    /// <summary>The same in steps of another length.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> happens, TimeSpan step)
    {
        await AdvanceUntilAsync((Task)happens, step);
        return await happens;
    }

    /// <inheritdoc cref="AdvanceUntilAsync{T}(Task{T}, TimeSpan)"/>
    public async Task AdvanceUntilAsync(Task happens, TimeSpan step)
    {
        var end = Task.Delay(TestTimeouts.Limit, TestTimeouts.Token);
        while (!happens.IsCompleted && !end.IsCompleted)
        {
            Advance(step);
            await Task.WhenAny(happens, Task.Delay(50, TestTimeouts.Token));
        }

        await happens.SoonAsync();
    }

    /// <summary>Completes when a timer is set that is due in exactly this time: advancing then fires it.</summary>
    public Task TimerSetAsync(TimeSpan dueIn)
    {
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.DueAt == _now + dueIn))
                return Task.CompletedTask;
            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((dueIn, set));
            return set.Task;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; }

        /// <summary>Once for each step of the clock, however many periods it covers.</summary>
        public void Fire()
        {
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueAt = time._now + dueTime;
                time._timers.Add(this);
                foreach (var (_, set) in time._awaited.Where(a => a.DueIn == dueTime))
                    set.TrySetResult();
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
