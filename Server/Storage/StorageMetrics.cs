using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatHub.Server.Storage;

/// <summary>What the storage measures of itself. Without a listener an instrument is one check of a flag.</summary>
internal static class StorageMetrics
{
    public const string Name = "ChatHub.Storage";

    /// <summary>One for each command, beneath the call that it belongs to.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "chathub.storage.commit.duration", "s", "From the begin of a transaction to its commit",
        advice: new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    public static readonly Histogram<int> CommitGroupSize = Meter.CreateHistogram<int>(
        "chathub.storage.commit.group_size", "{command}", "Commands that one commit made durable",
        advice: new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });

    public static readonly UpDownCounter<int> Queued = Meter.CreateUpDownCounter<int>(
        "chathub.storage.queue.depth", "{command}", "Commands that wait for the writer, or are being written");

    public static readonly Counter<long> Outages = Meter.CreateCounter<long>(
        "chathub.storage.outages", "{outage}", "Times that the database could not be used: once for all commands of a failed commit");

    public static void Committed(long startedAt, int commands)
    {
        CommitDuration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        CommitGroupSize.Record(commands);
    }
}
