namespace ChatHub.Benchmarks.Shards;

/// <summary>
/// What is stored of an unordered pair of users, on the shard of their conversation: messages, blocks, requests and the
/// entries that the two home shards have not acknowledged. One transaction writes a change together with its entries.
/// </summary>
public sealed class PairState
{
    private readonly Dictionary<int, int> _numbers = []; // the last entry for each user

    /// <summary>The seq of each client id.</summary>
    public Dictionary<int, int> Keys { get; } = [];

    /// <summary>
    /// By permit, whether the request was made. A refusal stays too: its permit is given back, so that a late copy of the call must
    /// not make the request after all.
    /// </summary>
    public Dictionary<int, bool> Requests { get; } = [];

    /// <summary>Who of the two blocks the other.</summary>
    public HashSet<int> Blockers { get; } = [];

    /// <summary>Not acknowledged yet, in order.</summary>
    public List<InboxEntry> Outbox { get; } = [];

    public int LastSeq { get; private set; }

    /// <summary>The next message, with an entry for each of the two.</summary>
    public void Append(int pair, int low, int high, int clientId)
    {
        Keys.Add(clientId, ++LastSeq);
        foreach (var user in (int[])[low, high])
            Outbox.Add(new(pair, user, _numbers[user] = _numbers.GetValueOrDefault(user) + 1, LastSeq));
    }
}
