using System.Diagnostics.Metrics;

namespace ChatHub.Server.Embedding;

/// <summary>What is measured of the host's hooks.</summary>
internal static class HookMetrics
{
    private static readonly Meter Meter = new("ChatHub.Hooks");

    public static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "chathub.hooks.failures", "{call}", "Calls of the host's hooks that failed or timed out, by hook");
}
