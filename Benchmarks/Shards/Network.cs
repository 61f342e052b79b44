namespace ChatHub.Benchmarks.Shards;

/// <summary>Time, and a network between shards that loses, delays, doubles and reorders. A stopped shard receives nothing.</summary>
/// <param name="random">Of the run's seed.</param>
/// <param name="shards">How many shards there are.</param>
public sealed class Network(Random random, int shards)
{
    private const double Loss = 0.1;
    private const double Doubling = 0.05;
    private const double LongestDelay = 20;

    private readonly PriorityQueue<Action, double> _agenda = new();
    private readonly bool[] _isStopped = new bool[shards];

    public double Now { get; private set; }
    public long Sent { get; private set; }
    public long Lost { get; private set; }
    public long Doubled { get; private set; }

    /// <summary>Faults end here, so that what is under way can settle.</summary>
    public bool IsReliable { get; set; }

    public void Send(int shard, Action deliver)
    {
        Sent++;
        if (!IsReliable && random.NextDouble() < Loss)
        {
            Lost++;
            return;
        }

        Deliver();
        if (IsReliable || random.NextDouble() >= Doubling)
            return;
        Doubled++;
        Deliver();

        void Deliver() => After(random.NextDouble() * LongestDelay, () =>
        {
            if (!_isStopped[shard])
                deliver();
        });
    }

    public void After(double delay, Action act) => _agenda.Enqueue(act, Now + delay);

    public void Stop(int shard, double length, Action onRestart)
    {
        _isStopped[shard] = true;
        After(length, () =>
        {
            _isStopped[shard] = false;
            onRestart();
        });
    }

    public bool IsStopped(int shard) => _isStopped[shard];

    /// <returns>False when nothing is left to happen.</returns>
    public bool Step()
    {
        if (!_agenda.TryDequeue(out var act, out var at))
            return false;
        Now = at;
        act();
        return true;
    }
}
