using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>One conversation of the model server, as its one user sees it.</summary>
internal sealed class ModelConversation(string id)
{
    private readonly List<Message> _messages = [];

    public string Id => id;
    public UserCard Peer { get; } = Sample.Card($"peer of {id}");
    public long Stamp { get; set; }
    public long SeenSeq { get; private set; }
    public long PeerSeenSeq { get; private set; }
    public bool Blocked { get; set; }
    public bool IsArchived { get; set; }
    public bool IsPinned { get; set; }
    public long ClearedSeq { get; private set; }
    public long LastChange { get; private set; }
    public long LastSeq => _messages.Count;
    public long Unread => _messages.LongCount(message => message.SenderId != ModelServer.UserId && message.Seq > SeenSeq);

    public Message Add(bool own, string clientId, string text)
    {
        var message = Sample.Message(LastSeq + 1, text) with
        {
            ConversationId = id,
            SenderId = own ? ModelServer.UserId : Peer.UserId,
            ClientId = clientId,
        };
        _messages.Add(message);
        IsArchived = false;
        return message;
    }

    /// <summary>A message takes the conversation's next change: edited, removed, reacted to.</summary>
    public Message Change(int choice)
    {
        // Mostly one of the latest.
        var i = Math.Max(0, _messages.Count - 1 - (choice % 3 == 0 ? choice / 3 : choice / 3 % 2) % _messages.Count);
        LastChange++;
        return _messages[i] = _messages[i] with { Text = $"text by change {LastChange}", Change = LastChange };
    }

    public void Clear()
    {
        ClearedSeq = LastSeq;
        SeenSeq = LastSeq;
    }

    public void MarkSeen() => SeenSeq = LastSeq;

    public void MarkSeenByPeer() => PeerSeenSeq = LastSeq;

    public IReadOnlyList<Message> After(long seq, int limit) => [.. _messages.Where(message => message.Seq > seq && message.Seq > ClearedSeq).Take(limit)];

    public IReadOnlyList<Message> ChangedAfter(long change) =>
        [.. _messages.Where(message => message.Change > change && message.Seq > ClearedSeq).OrderBy(message => message.Change)];

    public Message At(long seq) => _messages[(int)seq - 1];

    public Message? Find(string clientId) => _messages.Find(message => message.ClientId == clientId);

    public Conversation ToContract() => new()
    {
        ConversationId = id,
        Peer = Peer,
        State = Blocked ? ConversationState.YouBlocked : ConversationState.Open,
        LastSeq = LastSeq,
        LastMessage = LastSeq > ClearedSeq ? _messages[^1] : null,
        UnreadCount = Unread,
        SeenSeq = SeenSeq,
        PeerSeenSeq = PeerSeenSeq,
        OpenedAt = Sample.Noon,
        UpdatedAt = Sample.Noon,
        LastChange = LastChange,
        ClearedSeq = ClearedSeq,
        IsArchived = IsArchived,
        IsPinned = IsPinned,
    };
}
