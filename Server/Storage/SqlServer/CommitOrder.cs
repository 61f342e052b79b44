namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// Hands commits to delivery in their order, user by user, within this process. A command takes its ticket while it still
/// holds its users' rows, so that tickets are in the order of commits; the responses to the commits may overtake each other.
/// </summary>
internal sealed class CommitOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Ticket> _last = [];

    /// <summary>Taken right before the commit is sent; disposed when the command is through, however it ended.</summary>
    public Ticket Take(IEnumerable<long> users)
    {
        long[] keys = [.. users];
        lock (_gate)
        {
            var ticket = new Ticket(this, keys, [.. keys.Select(_last.GetValueOrDefault).OfType<Ticket>().Select(before => before.Ended)]);
            foreach (var user in keys)
                _last[user] = ticket;
            return ticket;
        }
    }

    private void End(Ticket ticket, long[] users)
    {
        lock (_gate)
        {
            foreach (var user in users)
            {
                if (_last.GetValueOrDefault(user) == ticket)
                    _last.Remove(user);
            }
        }
    }

    internal sealed class Ticket(CommitOrder order, long[] users, Task[] before) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        /// <summary>Ends when those before it are through. They wait for nothing that comes later.</summary>
        public Task WaitAsync() => Task.WhenAll(before);

        public void Dispose()
        {
            order.End(this, users);
            _ended.TrySetResult();
        }
    }
}
