using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>The seq up to which each conversation's messages were delivered to the application.</summary>
internal sealed class DeliveredSeqs
{
    private readonly Dictionary<string, long> _lastSeqs = new(StringComparer.Ordinal);

    public void Clear() => _lastSeqs.Clear();

    public bool Knows(string conversationId) => _lastSeqs.ContainsKey(conversationId);

    /// <summary>Messages up to this seq are older than the subscription; ignored for a conversation that is known already.</summary>
    public void Begin(string conversationId, long seq) => _lastSeqs.TryAdd(conversationId, seq);

    /// <summary>A message from an event or a result, preceded by the missed ones before it, if any.</summary>
    public IEnumerable<Step> Add(Message message, long? unreadCount)
    {
        var last = Last(message.ConversationId);
        if (message.Seq <= last)
            yield break;

        _lastSeqs[message.ConversationId] = message.Seq;
        if (message.Seq > last + 1)
            yield return new Step.Fetch(message.ConversationId, last, message.Seq - 1);
        yield return new Step.Publish(new MessageUpdate(message, unreadCount));
    }

    /// <summary>The messages that a conversation's last seq shows to be missing; its last message comes with it.</summary>
    public IEnumerable<Step> CatchUp(Conversation conversation)
    {
        var (id, upTo) = (conversation.ConversationId, conversation.LastSeq);
        if (conversation.LastMessage is { } message && message.Seq == upTo)
            return Add(message, unreadCount: null);
        var last = Last(id);
        if (upTo <= last)
            return [];

        _lastSeqs[id] = upTo;
        return [new Step.Fetch(id, last, upTo)];
    }

    // A conversation that was not there at the beginning is new: all of its messages are.
    private long Last(string conversationId) => _lastSeqs.GetValueOrDefault(conversationId);
}
