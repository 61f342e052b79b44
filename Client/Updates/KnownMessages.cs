using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>How far each conversation's messages have been told: a number for each conversation, no more.</summary>
internal sealed class KnownMessages
{
    private readonly Dictionary<string, long> _lastSeqs = new(StringComparer.Ordinal);

    public void Clear() => _lastSeqs.Clear();

    public bool Knows(string conversationId) => _lastSeqs.ContainsKey(conversationId);

    /// <summary>Everything up to here was there before the application began to listen; unless it has heard of more already.</summary>
    public void Begin(string conversationId, long seq) => _lastSeqs.TryAdd(conversationId, seq);

    /// <summary>A message that came by itself, and before it, if need be, what was missed.</summary>
    public IEnumerable<Step> Add(Message message, long? unreadCount)
    {
        var last = Last(message.ConversationId);
        if (message.Seq <= last)
            yield break;

        _lastSeqs[message.ConversationId] = message.Seq;
        if (message.Seq > last + 1)
            yield return new Step.Read(message.ConversationId, last, message.Seq - 1);
        yield return new Step.Tell(new MessageUpdate(message, unreadCount));
    }

    /// <summary>What a conversation's last seq says to have been missed; its last message it brings with it.</summary>
    public IEnumerable<Step> CatchUp(Conversation conversation)
    {
        var (id, upTo) = (conversation.ConversationId, conversation.LastSeq);
        if (conversation.LastMessage is { } message && message.Seq == upTo)
            return Add(message, unreadCount: null);
        var last = Last(id);
        if (upTo <= last)
            return [];

        _lastSeqs[id] = upTo;
        return [new Step.Read(id, last, upTo)];
    }

    // A conversation that was not there at the beginning is new: all of its messages are.
    private long Last(string conversationId) => _lastSeqs.GetValueOrDefault(conversationId);
}
