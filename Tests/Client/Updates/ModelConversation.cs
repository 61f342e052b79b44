using ChatHub.Contracts;

namespace ChatHub.Tests.Client;

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
        return message;
    }

    public void MarkSeen() => SeenSeq = LastSeq;

    public void MarkSeenByPeer() => PeerSeenSeq = LastSeq;

    public IReadOnlyList<Message> After(long seq, int limit) => [.. _messages.Skip((int)seq).Take(limit)];

    public Message? Find(string clientId) => _messages.Find(message => message.ClientId == clientId);

    public Conversation ToContract() => new()
    {
        ConversationId = id,
        Peer = Peer,
        State = Blocked ? ConversationState.YouBlocked : ConversationState.Open,
        LastSeq = LastSeq,
        LastMessage = _messages.LastOrDefault(),
        UnreadCount = Unread,
        SeenSeq = SeenSeq,
        PeerSeenSeq = PeerSeenSeq,
        OpenedAt = Sample.Noon,
        UpdatedAt = Sample.Noon,
    };
}
