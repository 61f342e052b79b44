namespace ChatHub.Tests.Tds;

/// <summary>Which requests the proxy intercepts, what it does with them, and how often.</summary>
public sealed class TdsRule
{
    private readonly Func<TdsRequest, bool> _matches;
    private readonly int _times;
    private readonly TaskCompletionSource _used = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    internal TdsRule(Func<TdsRequest, bool> matches, TdsAction action, int times) =>
        (_matches, Action, _times) = (matches, action, times);

    /// <summary>How many requests it has met.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>It has met its last request.</summary>
    public Task Used => _used.Task;

    internal TdsAction Action { get; }

    internal bool Applies(TdsRequest request)
    {
        if (Count >= _times || !_matches(request) || Interlocked.Increment(ref _count) is var count && count > _times)
            return false;
        if (count == _times)
            _used.TrySetResult();
        return true;
    }
}
