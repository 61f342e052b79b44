namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// Hands commits to delivery in their order, user by user, within this process. A command takes its turn while it still
/// holds its users' rows, so that turns come in the order of commits; the answers to the commits may overtake each other.
/// </summary>
internal sealed class CommitOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Turn> _last = [];

    /// <summary>Taken right before the commit is sent; disposed when the command is through, however it ended.</summary>
    public Turn Take(IReadOnlyList<long> users)
    {
        lock (_gate)
        {
            var turn = new Turn(this, users, [.. users.Select(_last.GetValueOrDefault).OfType<Turn>().Select(before => before.Ended)]);
            foreach (var user in users)
                _last[user] = turn;
            return turn;
        }
    }

    private void End(Turn turn, IReadOnlyList<long> users)
    {
        lock (_gate)
        {
            foreach (var user in users)
            {
                if (_last.GetValueOrDefault(user) == turn)
                    _last.Remove(user);
            }
        }
    }

    internal sealed class Turn(CommitOrder order, IReadOnlyList<long> users, Task[] before) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        /// <summary>Those before it are through. They wait for nothing that comes later.</summary>
        public Task ComesAsync() => Task.WhenAll(before);

        public void Dispose()
        {
            order.End(this, users);
            _ended.TrySetResult();
        }
    }
}
