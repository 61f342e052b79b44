using System.Diagnostics.Metrics;
using ChatHub.Server.Changes;

namespace ChatHub.Server.Requests;

/// <summary>
/// How many requests reached each stage on this instance since it started. What is exported moves in steps of 10 and every 5 minutes
/// at most: who watches it must not see what one recipient did with one request. Whether a request was looked at is recorded nowhere.
/// </summary>
public sealed class RequestFunnel
{
    /// <summary>Of the exported numbers.</summary>
    public const int Step = 10;

    private static readonly RequestStage[] Stages = Enum.GetValues<RequestStage>();

    private readonly long[] _counts = new long[Stages.Length];
    private readonly long[] _exported = new long[Stages.Length];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private long _exportedAt;

    public RequestFunnel(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _exportedAt = time.GetTimestamp();
        meters.Create("ChatHub.Requests").CreateObservableCounter(
            "chathub.requests", Observe, "{request}", "Requests that reached each stage, in steps of 10");
    }

    /// <summary>Of the exported numbers, at least.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Counts requests once the change is committed.</summary>
    public void Count(Change change, RequestStage stage, int count = 1) =>
        change.OnCommitted(() => Interlocked.Add(ref _counts[(int)stage], count));

    private Measurement<long>[] Observe()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_exportedAt) >= Interval)
            {
                _exportedAt = _time.GetTimestamp();
                foreach (var stage in Stages)
                    _exported[(int)stage] = Interlocked.Read(ref _counts[(int)stage]) / Step * Step;
            }

            return [.. Stages.Select(stage => new Measurement<long>(
                _exported[(int)stage], new KeyValuePair<string, object?>("stage", char.ToLowerInvariant($"{stage}"[0]) + $"{stage}"[1..])))];
        }
    }
}
