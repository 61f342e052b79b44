using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.Session;

/// <summary>
/// The open chat of the plain mode: prints the messages before it was opened, then each update, every message once and in
/// order.
/// </summary>
internal sealed class OpenChat(Conversation conversation, ChatSession session, Screen screen)
{
    private const int MaxUnseen = 100;

    /// <summary>The user's own messages that were printed as sent, oldest first.</summary>
    private readonly Queue<Message> _unseen = new();

    private long _first = 1;
    private long _lastOfPeer;

    // Changes up to this one were part of what was printed at the opening.
    private long _openedAtChange;

    public string Id => conversation.ConversationId;
    public string Peer => conversation.Peer.Username;

    /// <summary>The last message that was printed.</summary>
    public long LastSeq { get; private set; }

    /// <summary>The seq up to which the peer's messages are marked as seen.</summary>
    public long MarkedSeq { get; private set; } = conversation.SeenSeq;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        screen.Write(MessageText.Opened(conversation));
        var page = await ReadAsync(new() { ConversationId = Id }, cancellationToken);
        if (page.HasMore)
            screen.Write(new Line(new Span("earlier messages: history", Tone.Muted)));
        if (page.Items.Count > 0)
            (_first, LastSeq, _openedAtChange) = (page.Items[0].Seq, page.Items[0].Seq - 1, page.Items.Max(message => message.Change));
        foreach (var message in page.Items)
            Add(message);
    }

    /// <summary>Prints the page before what was printed so far.</summary>
    public async Task ShowEarlierAsync(CancellationToken cancellationToken)
    {
        var page = _first > 1
            ? await ReadAsync(new() { ConversationId = Id, Before = _first }, cancellationToken)
            : new MessagePage { Items = [], HasMore = false };
        if (page.Items.Count == 0)
        {
            screen.Write("no earlier messages");
            return;
        }

        foreach (var message in page.Items)
            Write(message);
        _first = page.Items[0].Seq;
    }

    /// <returns>The seq of the sent message; its update prints it.</returns>
    public async Task<long> SendAsync(string text, CancellationToken cancellationToken) =>
        (await session.Hub(cancellationToken).SendMessage(new() { ConversationId = Id, Text = text, ClientId = ClientIds.New() })).Message.Seq;

    /// <summary>Marks everything printed as seen at the server, once.</summary>
    public async Task MarkSeenAsync(CancellationToken cancellationToken)
    {
        if (_lastOfPeer <= MarkedSeq)
            return;
        await session.Hub(cancellationToken).MarkSeen(new() { ConversationId = Id, Seq = _lastOfPeer });
        MarkedSeq = _lastOfPeer;
    }

    /// <summary>Prints what an update changes in this chat.</summary>
    public void Apply(Update update)
    {
        switch (update)
        {
            case MessageUpdate e when e.Message.ConversationId == Id:
                Add(e.Message);
                break;
            case MessageChangedUpdate e when e.Message.ConversationId == Id:
                Change(e.Message);
                break;
            case SeenUpdate e when e.ConversationId == Id && e.SeenBy != session.Me.UserId:
                WriteSeen(e.Seq);
                break;
            case ConversationUpdate e when e.Conversation.ConversationId == Id:
                WriteSeen(e.Conversation.PeerSeenSeq);
                break;
        }
    }

    /// <summary>One that was printed is printed again as it is now.</summary>
    private void Change(Message message)
    {
        if (message.Seq < _first || message.Seq > LastSeq || message.Change <= _openedAtChange)
            return;
        for (var i = _unseen.Count; i > 0; i--)
        {
            var other = _unseen.Dequeue();
            _unseen.Enqueue(other.Seq == message.Seq ? message : other);
        }

        screen.Write(MessageText.Changed(message, Peer, session.Me.UserId));
    }

    /// <summary>The peer has seen everything up to a seq: what was printed blue is printed again, green.</summary>
    private void WriteSeen(long seq)
    {
        while (_unseen.TryPeek(out var message) && message.Seq <= seq)
            screen.Write(MessageText.Seen(_unseen.Dequeue()));
    }

    private void Add(Message message)
    {
        if (message.Seq <= LastSeq)
            return;

        LastSeq = message.Seq;
        Write(message);
        if (message.SenderId != session.Me.UserId)
            _lastOfPeer = message.Seq;
        else if (message.Status == MessageStatus.Sent)
            Remember(message);
    }

    private void Remember(Message message)
    {
        if (_unseen.Count == MaxUnseen)
            _unseen.Dequeue();
        _unseen.Enqueue(message);
    }

    private void Write(Message message) => screen.Write(MessageText.Of(message, Peer, session.Me.UserId), message.SentAt);

    private Task<MessagePage> ReadAsync(GetMessagesInput input, CancellationToken cancellationToken) =>
        session.Hub(cancellationToken).GetMessages(input);
}
