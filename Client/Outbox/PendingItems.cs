namespace ChatHub.Client.Sending;

/// <summary>
/// What is to be sent: a line for each conversation, so that its messages keep their order and wait for no other's.
/// With the file behind it, if there is one. Safe for use from several threads.
/// </summary>
internal sealed class PendingItems(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<OutboxItem>> _lines = new(StringComparer.Ordinal);
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

    /// <summary>Takes a file on, with what an earlier run left in it.</summary>
    /// <returns>The conversations that have something to send.</returns>
    public IReadOnlyList<string> Restore(string path)
    {
        lock (_gate)
        {
            _file = OutboxFile.Open(path, out var left);
            foreach (var item in left)
                Enqueue(item);
            return [.. _lines.Keys];
        }
    }

    /// <returns>Whether it is the first of its conversation, which somebody must now begin to send.</returns>
    /// <exception cref="InvalidOperationException">As much as may be is waiting already.</exception>
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

    /// <summary>The oldest of a conversation.</summary>
    public OutboxItem First(string conversationId)
    {
        lock (_gate)
            return _lines[conversationId].Peek();
    }

    public void Tried(OutboxItem item, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (item.TriedAt is not null)
                return;
            item.TriedAt = at;
            _file?.Tried(item);
        }
    }

    /// <summary>The first of its conversation is done.</summary>
    /// <returns>Whether there is a next one.</returns>
    public bool Remove(OutboxItem item)
    {
        lock (_gate)
        {
            _all.Remove(item.ClientId);
            _file?.Done(item, _all.Values);
            var line = _lines[item.ConversationId];
            line.Dequeue();
            if (line.Count > 0)
                return true;
            _lines.Remove(item.ConversationId);
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
        if (_lines.TryGetValue(item.ConversationId, out var line))
        {
            line.Enqueue(item);
            return false;
        }

        _lines.Add(item.ConversationId, new Queue<OutboxItem>([item]));
        return true;
    }
}
