namespace ChatHub.Benchmarks.Shards;

/// <summary>What is stored of a user on their home shard: the inbox with its version, and the permits for requests.</summary>
public sealed class HomeState
{
    /// <summary>The last entry of each pair.</summary>
    private readonly Dictionary<int, int> _applied = [];

    /// <summary>By version, from 1: which message of which pair.</summary>
    public List<(int Pair, int Seq)> Items { get; } = [];

    /// <summary>
    /// Permits of the daily allowance. One that was given back or refused stays, for a day: a late copy of the call that asked
    /// for it must not take it, because no call would settle it.
    /// </summary>
    public Dictionary<int, PermitState> Permits { get; } = [];

    public int PermitsInUse => Permits.Values.Count(state => state is PermitState.Taken or PermitState.Spent);

    /// <summary>Enters it as one change, if it is the next one of its pair.</summary>
    /// <returns>Whether it may be acknowledged: it is entered, now or before.</returns>
    public bool Apply(InboxEntry entry)
    {
        var last = _applied.GetValueOrDefault(entry.Pair);
        if (entry.Number > last + 1)
            return false; // overtook one that will come again
        if (entry.Number == last + 1)
        {
            _applied[entry.Pair] = entry.Number;
            Items.Add((entry.Pair, entry.Seq));
        }

        return true;
    }
}
