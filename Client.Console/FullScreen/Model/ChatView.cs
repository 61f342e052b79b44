using ChatHub.Client;
using ChatHub.Contracts;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>The open chat: the loaded part of its messages, and the scroll position.</summary>
internal sealed class ChatView(Conversation chat, string myId)
{
    /// <summary>More messages are not kept; scrolling back loads them again.</summary>
    public const int MaxMessages = 2_000;

    private readonly List<Message> _messages = [];
    private Conversation _chat = chat;
    private long? _lowest;

    public string Id => _chat.ConversationId;
    public UserCard Peer => _chat.Peer;
    public ConversationState State => _chat.State;
    public IReadOnlyList<Message> Messages => _messages;

    /// <summary>Whether there are messages before the first loaded one.</summary>
    public bool HasEarlier => _messages.Count > 0 && _messages[0].Seq > _chat.ClearedSeq + 1;

    /// <summary>How many rows the view is scrolled up from the message that was the newest when scrolling began.</summary>
    public int ScrolledUp { get; private set; }

    /// <summary>The messages from the scroll position up, the newest first; what arrived since is below.</summary>
    public IEnumerable<Message> Upwards => Enumerable.Reverse(_messages).Where(message => message.Seq <= (_lowest ?? long.MaxValue));

    /// <summary>How many messages arrived since scrolling began.</summary>
    public int Below => _lowest is { } lowest ? _messages.Count(message => message.Seq > lowest) : 0;

    /// <summary>The last of the peer's messages.</summary>
    public long LastOfPeer => _messages.FindLast(message => message.SenderId != myId)?.Seq ?? 0;

    /// <summary>The seq up to which the peer's messages are marked as seen.</summary>
    public long MarkedSeq { get; set; } = chat.SeenSeq;

    /// <summary>Scrolls up by some rows, or down.</summary>
    public void Scroll(int rows) => ScrollTo(ScrolledUp + rows);

    /// <summary>At the bottom the view follows new messages.</summary>
    public void ScrollTo(int rows)
    {
        ScrolledUp = Math.Max(0, rows);
        _lowest = ScrolledUp == 0 ? null : _lowest ?? _messages.LastOrDefault()?.Seq;
    }

    public bool IsOwn(Message message) => message.SenderId == myId;

    /// <summary>Adds loaded messages: a page of history, or new ones. Of two versions of one the higher change stays.</summary>
    public void Add(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
        {
            var place = _messages.FindLastIndex(other => other.Seq <= message.Seq);
            if (place < 0 || _messages[place].Seq != message.Seq)
                _messages.Insert(place + 1, message);
            else if (message.Change > _messages[place].Change)
                _messages[place] = message;
        }

        // At the bottom, the oldest can go.
        if (ScrolledUp == 0 && _messages.Count > MaxMessages)
            _messages.RemoveRange(0, _messages.Count - MaxMessages);
    }

    public void Apply(Update update)
    {
        switch (update)
        {
            case InboxCleared:
                _messages.Clear();
                ScrollTo(0);
                MarkedSeq = 0;
                break;
            case ConversationUpdate e when e.Conversation.ConversationId == Id:
                _chat = e.Conversation;
                _messages.RemoveAll(message => message.Seq <= _chat.ClearedSeq);
                MarkSeen(e.Conversation.PeerSeenSeq);
                break;
            case MessageUpdate e when e.Message.ConversationId == Id:
                Add([e.Message]);
                break;
            case MessageChangedUpdate e when e.Message.ConversationId == Id && _messages.Exists(message => message.Seq == e.Message.Seq):
                Add([e.Message]);
                break;
            case SeenUpdate e when e.ConversationId == Id && e.SeenBy != myId:
                MarkSeen(e.Seq);
                break;
            case SeenUpdate e when e.ConversationId == Id:
                MarkedSeq = Math.Max(MarkedSeq, e.Seq);
                break;
        }
    }

    /// <summary>The user's own messages up to a seq turn from blue to green, in place.</summary>
    private void MarkSeen(long seq)
    {
        for (var i = _messages.Count - 1; i >= 0; i--)
        {
            if (_messages[i] is { Status: MessageStatus.Sent } message && message.Seq <= seq && IsOwn(message))
                _messages[i] = message with { Status = MessageStatus.Seen };
        }
    }
}
