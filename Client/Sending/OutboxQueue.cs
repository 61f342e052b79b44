namespace ChatHub.Client.Sending;

/// <summary>
/// Unsent messages: a queue for each conversation, so that its messages keep their order and wait for no other
/// conversation. Persisted in a file, if there is one. Thread-safe.
/// </summary>
internal sealed class OutboxQueue(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<OutboxItem>> _queues = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, OutboxItem> _all = new(StringComparer.Ordinal);
    private OutboxFile? _file;

    public IReadOnlyList<OutboxItem> All
    {
        get
        {
            lock (_gate)
                return [.. _all.Values];
        }
    }

    /// <summary>Opens the file and enqueues what an earlier run left in it.</summary>
    /// <returns>The conversations with messages to send.</returns>
    public IReadOnlyList<string> Restore(string path)
    {
        lock (_gate)
        {
            _file = OutboxFile.Open(path, out var pending);
            foreach (var item in pending)
                Enqueue(item);
            return [.. _queues.Keys];
        }
    }

    /// <returns>Whether it is the first of its conversation: the caller then begins to send.</returns>
    /// <exception cref="InvalidOperationException">The capacity is exhausted.</exception>
    public bool Add(OutboxItem item)
    {
        lock (_gate)
        {
            if (_all.Count >= capacity)
                throw new InvalidOperationException($"The outbox holds {capacity} messages already.");
            _file?.Added(item);
            return Enqueue(item);
        }
    }

    /// <summary>The oldest message of a conversation.</summary>
    public OutboxItem First(string conversationId)
    {
        lock (_gate)
            return _queues[conversationId].Peek();
    }

    public void MarkAttempted(OutboxItem item, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (item.AttemptedAt is not null)
                return;
            item.AttemptedAt = at;
            _file?.Attempted(item);
        }
    }

    /// <summary>Removes the first message of its conversation.</summary>
    /// <returns>Whether there is a next one.</returns>
    public bool Remove(OutboxItem item)
    {
        lock (_gate)
        {
            _all.Remove(item.ClientId);
            _file?.Done(item, _all.Values);
            var queue = _queues[item.ConversationId];
            queue.Dequeue();
            if (queue.Count > 0)
                return true;
            _queues.Remove(item.ConversationId);
            return false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
            foreach (var item in _all.Values)
                item.Cancel();
        }
    }

    private bool Enqueue(OutboxItem item)
    {
        _all.Add(item.ClientId, item);
        if (_queues.TryGetValue(item.ConversationId, out var queue))
        {
            queue.Enqueue(item);
            return false;
        }

        _queues.Add(item.ConversationId, new Queue<OutboxItem>([item]));
        return true;
    }
}
