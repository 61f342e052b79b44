namespace ChatHub.Server.Storage.SqlServer;

/// <summary>First come, first served, key by key, within this process.</summary>
internal sealed class TicketQueue<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Ticket> _last = [];

    /// <summary>A place behind all that have one of the keys; disposed when its holder is through, however it ended.</summary>
    public Ticket Take(IEnumerable<TKey> keys)
    {
        TKey[] own = [.. keys];
        lock (_gate)
        {
            var ticket = new Ticket(this, own, [.. own.Select(_last.GetValueOrDefault).OfType<Ticket>().Select(before => before.Ended)]);
            foreach (var key in own)
                _last[key] = ticket;
            return ticket;
        }
    }

    private void End(Ticket ticket, TKey[] keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (_last.GetValueOrDefault(key) == ticket)
                    _last.Remove(key);
            }
        }
    }

    internal sealed class Ticket(TicketQueue<TKey> queue, TKey[] keys, Task[] before) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        /// <summary>Ends when those before it are through. They wait for nothing that comes later.</summary>
        public Task WaitAsync() => Task.WhenAll(before);

        public void Dispose()
        {
            queue.End(this, keys);
            _ended.TrySetResult();
        }
    }
}
