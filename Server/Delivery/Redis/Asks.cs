using System.Collections.Concurrent;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Questions to other instances that wait for their answers.</summary>
internal sealed class Asks
{
    private readonly ConcurrentDictionary<long, Ask> _open = new();
    private long _last;

    public Ask Open()
    {
        var ask = new Ask(this, Interlocked.Increment(ref _last));
        _open[ask.Number] = ask;
        return ask;
    }

    public void Answered(long number, string by)
    {
        if (_open.TryGetValue(number, out var ask))
            ask.Answered(by);
    }

    /// <summary>One question; forgotten when it is disposed.</summary>
    internal sealed class Ask(Asks all, long number) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _by = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Func<IReadOnlySet<string>, bool>? _isEnough;

        public long Number => number;

        /// <summary>Waits until the instances that answered are enough.</summary>
        /// <returns>Whether they were, within the patience given.</returns>
        public async Task<bool> AnsweredAsync(Func<IReadOnlySet<string>, bool> isEnough, TimeSpan patience, CancellationToken cancellation)
        {
            lock (_gate)
            {
                _isEnough = isEnough;
                Check();
            }

            try
            {
                await _done.Task.WaitAsync(patience, cancellation);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }

        public bool HasAnswered(string id)
        {
            lock (_gate)
                return _by.Contains(id);
        }

        public void Dispose() => all._open.TryRemove(number, out _);

        internal void Answered(string by)
        {
            lock (_gate)
            {
                _by.Add(by);
                Check();
            }
        }

        private void Check()
        {
            if (_isEnough?.Invoke(_by) == true)
                _done.TrySetResult();
        }
    }
}
