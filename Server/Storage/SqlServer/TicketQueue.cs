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
            var ticket = new Ticket(Task.WhenAll(own.Select(_last.GetValueOrDefault).OfType<Ticket>().Select(before => before.Ended)));
            foreach (var key in own)
                _last[key] = ticket;
            _ = RemoveAsync(ticket, own);
            return ticket;
        }
    }

    private async Task RemoveAsync(Ticket ticket, TKey[] keys)
    {
        await ticket.Ended;
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (_last.GetValueOrDefault(key) == ticket)
                    _last.Remove(key);
            }
        }
    }

    internal sealed class Ticket : IDisposable
    {
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Ticket(Task before) => (Turn, Ended) = (before, Task.WhenAll(before, _disposed.Task));

        /// <summary>Ends when those before it are through. They wait for nothing that comes later.</summary>
        public Task Turn { get; }

        /// <summary>Ends when it is through, and those before it too: one that gives up lets nothing pass them.</summary>
        public Task Ended { get; }

        public void Dispose() => _disposed.TrySetResult();
    }
}
