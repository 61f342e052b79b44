namespace ChatHub.Benchmarks.Send;

/// <summary>One server, one depth, one round.</summary>
/// <param name="Messages">How many were acknowledged and pushed.</param>
/// <param name="PerSecond">Messages a second, from the first sending to the last landing.</param>
/// <param name="CpuMicroseconds">The server's user and system time for each message.</param>
/// <param name="P50">Milliseconds from sending to acknowledgement.</param>
/// <param name="P99">Milliseconds from sending to acknowledgement.</param>
/// <param name="ResultBytes">Mean size of a result on the wire.</param>
/// <param name="PushBytes">Mean size of an event on the wire.</param>
public sealed record Measurement(
    int Messages, double PerSecond, double CpuMicroseconds, double P50, double P99, double ResultBytes, double PushBytes)
{
    public static Measurement Of(IReadOnlyCollection<PairResult> results, TimeSpan elapsed, TimeSpan cpu)
    {
        double[] acknowledgements = [.. results.SelectMany(result => result.Acknowledgements)];
        var messages = acknowledgements.Length;
        return new(
            messages,
            messages / elapsed.TotalSeconds,
            cpu.TotalMicroseconds / messages,
            Statistics.Percentile(acknowledgements, 0.50),
            Statistics.Percentile(acknowledgements, 0.99),
            (double)results.Sum(result => result.ResultBytes) / messages,
            (double)results.Sum(result => result.PushBytes) / messages);
    }
}
