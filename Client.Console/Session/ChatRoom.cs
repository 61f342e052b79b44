using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.Session;

/// <summary>
/// The open chat: shows each message once and in order, whether it comes as an event, as the answer of sending, or is
/// read after a gap.
/// </summary>
internal sealed class ChatRoom(Conversation chat, ChatSession session, Screen screen)
{
    private const int UnseenKept = 100;

    /// <summary>The user's own messages that still stand blue, oldest first.</summary>
    private readonly Queue<Message> _unseen = new();

    private long _first = 1;
    private long _last;
    private long _lastOfPeer;

    public string Id => chat.ConversationId;
    public string Peer => chat.Peer.Username;

    /// <summary>How far the peer's messages are marked as seen.</summary>
    public long MarkedSeq { get; private set; } = chat.SeenSeq;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        screen.Write(MessageText.Opened(chat));
        var page = await ReadAsync(new() { ConversationId = Id }, cancellationToken);
        if (page.HasMore)
            screen.Write(new Line(new Span("earlier messages: history", Tone.Muted)));
        if (page.Items.Count > 0)
            (_first, _last) = (page.Items[0].Seq, page.Items[0].Seq - 1);
        foreach (var message in page.Items)
            Show(message);
    }

    /// <summary>Shows the page before what was shown so far.</summary>
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

    /// <summary>Shows a message, and before it what was missed.</summary>
    public async Task ShowAsync(Message message, CancellationToken cancellationToken)
    {
        if (message.Seq > _last + 1)
            await CatchUpAsync(cancellationToken);
        Show(message);
    }

    /// <summary>Shows what came since the last shown message.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        MessagePage page;
        do
        {
            page = await ReadAsync(new() { ConversationId = Id, After = _last, Limit = Limits.PageMax }, cancellationToken);
            foreach (var message in page.Items)
                Show(message);
        }
        while (page.HasMore);
    }

    public async Task SayAsync(string text, CancellationToken cancellationToken)
    {
        var sent = await session.Hub(cancellationToken).SendMessage(new() { ConversationId = Id, Text = text, ClientId = ClientIds.New() });
        await ShowAsync(sent.Message, cancellationToken);
    }

    /// <summary>Tells the server that everything shown is seen; once for each.</summary>
    public async Task MarkSeenAsync(CancellationToken cancellationToken)
    {
        if (_lastOfPeer <= MarkedSeq)
            return;
        await session.Hub(cancellationToken).MarkSeen(new() { ConversationId = Id, Seq = _lastOfPeer });
        MarkedSeq = _lastOfPeer;
    }

    /// <summary>The peer has seen everything up to a seq: what stood blue stands green.</summary>
    public void ShowSeen(long seq)
    {
        while (_unseen.TryPeek(out var message) && message.Seq <= seq)
            screen.Write(MessageText.Seen(_unseen.Dequeue()));
    }

    private void Show(Message message)
    {
        if (message.Seq <= _last)
            return;

        _last = message.Seq;
        Write(message);
        if (message.SenderId != session.Me.UserId)
            _lastOfPeer = message.Seq;
        else if (message.Status == MessageStatus.Sent)
            Remember(message);
    }

    private void Remember(Message message)
    {
        if (_unseen.Count == UnseenKept)
            _unseen.Dequeue();
        _unseen.Enqueue(message);
    }

    private void Write(Message message) => screen.Write(MessageText.Of(message, Peer, session.Me.UserId), message.SentAt);

    private Task<MessagePage> ReadAsync(GetMessagesInput input, CancellationToken cancellationToken) =>
        session.Hub(cancellationToken).GetMessages(input);
}
