using ChatHub.Contracts;

namespace ChatHub.Client.Updates;

/// <summary>What was delivered of each conversation's messages: up to which seq, and up to which change.</summary>
internal sealed class DeliveredMessages
{
    private readonly Dictionary<string, long> _lastSeqs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lastChanges = new(StringComparer.Ordinal);

    public void Clear()
    {
        _lastSeqs.Clear();
        _lastChanges.Clear();
    }

    public bool Knows(string conversationId) => _lastSeqs.ContainsKey(conversationId);

    /// <summary>Messages up to this seq, and changes up to this one, are older than the subscription; ignored for a conversation that is known already.</summary>
    public void Begin(string conversationId, long seq, long change)
    {
        if (_lastSeqs.TryAdd(conversationId, seq))
            _lastChanges[conversationId] = change;
    }

    /// <summary>A message from an event or a result, preceded by the missed ones before it, if any.</summary>
    public IEnumerable<Step> Add(Message message, long? unreadCount)
    {
        var last = LastSeq(message.ConversationId);
        if (message.Seq <= last)
            yield break;

        _lastSeqs[message.ConversationId] = message.Seq;
        if (message.Seq > last + 1)
            yield return new Step.Fetch(message.ConversationId, last, message.Seq - 1);
        yield return new Step.Publish(new MessageUpdate(message, unreadCount));
    }

    /// <summary>A changed message from an event or a result, preceded by the missed changes before it, if any.</summary>
    public IEnumerable<Step> Change(MessageChanged e)
    {
        var (id, mine) = (e.Message.ConversationId, LastChange(e.Message.ConversationId));
        if (LastChangeRule.IsKnown(mine, e.LastChange))
            yield break;

        _lastChanges[id] = e.LastChange;
        if (LastChangeRule.IsGap(mine, e.LastChange))
            yield return new Step.FetchChanges(id, mine);
        yield return new Step.Publish(new MessageChangedUpdate(e.Message, e.LastChange));
    }

    /// <summary>The messages and changes that a conversation's last ones show to be missing; its last message comes with it.</summary>
    public IEnumerable<Step> CatchUp(Conversation conversation) => [.. MissedMessages(conversation), .. MissedChanges(conversation)];

    private IEnumerable<Step> MissedMessages(Conversation conversation)
    {
        var (id, upTo) = (conversation.ConversationId, conversation.LastSeq);
        if (conversation.LastMessage is { } message && message.Seq == upTo)
            return Add(message, unreadCount: null);
        var last = LastSeq(id);
        if (upTo <= last)
            return [];

        _lastSeqs[id] = upTo;
        return [new Step.Fetch(id, last, upTo)];
    }

    private IEnumerable<Step> MissedChanges(Conversation conversation)
    {
        var (id, mine) = (conversation.ConversationId, LastChange(conversation.ConversationId));
        if (LastChangeRule.IsKnown(mine, conversation.LastChange))
            return [];

        _lastChanges[id] = conversation.LastChange;
        return [new Step.FetchChanges(id, mine)];
    }

    // A conversation that was not there at the beginning is new: all of its messages and changes are.
    private long LastSeq(string conversationId) => _lastSeqs.GetValueOrDefault(conversationId);

    private long LastChange(string conversationId) => _lastChanges.GetValueOrDefault(conversationId);
}
