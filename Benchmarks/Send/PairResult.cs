namespace ChatHub.Benchmarks.Send;

/// <summary>What one pair saw in one round.</summary>
public sealed class PairResult
{
    /// <summary>From sending to acknowledgement, in milliseconds, one value for each message.</summary>
    public List<double> Acknowledgements { get; } = [];
    public long AnswerBytes { get; private set; }
    public long PushBytes { get; private set; }

    public void AddAnswer(TimeSpan after, int bytes)
    {
        Acknowledgements.Add(after.TotalMilliseconds);
        AnswerBytes += bytes;
    }

    public void AddPush(int bytes) => PushBytes += bytes;
}
