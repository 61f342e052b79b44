namespace ChatHub.Server.Hosting.Demo;

/// <summary>The system's clock, set back while the demo's past is written, and right again once it serves.</summary>
internal sealed class DemoClock : TimeProvider
{
    // In ticks: it is read by every thread.
    private long _ago;

    /// <summary>How far it is set back.</summary>
    public TimeSpan Ago
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _ago));
        set => Volatile.Write(ref _ago, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Ago;
}
