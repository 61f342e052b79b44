namespace ChatHub.Benchmarks.Send;

/// <summary>What one pair saw in one round.</summary>
public sealed class PairResult
{
    /// <summary>From sending to acknowledgement, in milliseconds, one value for each message.</summary>
    public List<double> Acknowledgements { get; } = [];
    public long ResultBytes { get; private set; }
    public long PushBytes { get; private set; }

    public void AddResult(TimeSpan after, int bytes)
    {
        Acknowledgements.Add(after.TotalMilliseconds);
        ResultBytes += bytes;
    }

    public void AddPush(int bytes) => PushBytes += bytes;
}
