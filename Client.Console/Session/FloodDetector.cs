using ChatHub.Contracts;

namespace ChatHub.Terminal.Session;

/// <summary>Notices a peer who sends so many messages that blocking them is worth offering. By the times of the server.</summary>
internal sealed class FloodDetector
{
    /// <summary>More messages than this within <see cref="Window"/> are a flood.</summary>
    public const int MaxMessages = 30;

    private const int MaxConversations = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> _recent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _noticed = new(StringComparer.Ordinal);

    /// <summary>Counts a message of a peer.</summary>
    /// <returns>Whether to warn: at most once per conversation and window.</returns>
    public bool Add(Message message)
    {
        var (id, now) = (message.ConversationId, message.SentAt);
        if (!_recent.TryGetValue(id, out var times))
        {
            if (_recent.Count == MaxConversations)
                Clear();
            _recent.Add(id, times = new());
        }

        times.Enqueue(now);
        while (times.Count > MaxMessages + 1 || now - times.Peek() >= Window)
            times.Dequeue();
        if (times.Count <= MaxMessages || (_noticed.TryGetValue(id, out var noticed) && now - noticed < Window))
            return false;
        _noticed[id] = now;
        return true;
    }

    public void Clear()
    {
        _recent.Clear();
        _noticed.Clear();
    }
}
