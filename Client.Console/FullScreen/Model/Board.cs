using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>Which part of the board fills the screen.</summary>
internal enum BoardPage
{
    Inbox,
    Chat,

    /// <summary>What commands have answered.</summary>
    Answers,
}

/// <summary>
/// All that the full screen shows, made from the SDK's updates and from what the user does. No I/O and no clock; used by
/// the program's one loop alone.
/// </summary>
internal sealed class Board
{
    private const int AnswersKept = 500;
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Conversation> _chats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Request> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _online = new(StringComparer.Ordinal);
    private readonly List<Line> _answers = [];
    private (string ConversationId, DateTimeOffset Until) _typing;
    private ConnectionState? _link;

    public BoardPage Page { get; private set; } = BoardPage.Inbox;
    public UserCard? Me { get; private set; }
    public Badges Badges { get; private set; } = new();

    /// <summary>Null until there has been a connection. Who is online is known only while there is one.</summary>
    public ConnectionState? Link
    {
        get => _link;
        set
        {
            _link = value;
            _online.Clear();
            if (value == ConnectionState.Connected)
                Status = null;
        }
    }

    public ChatView? Chat { get; private set; }

    /// <summary>The last thing that went wrong, or is worth a word.</summary>
    public Line? Status { get; set; }

    /// <summary>Advice on the introduction that is being written.</summary>
    public IReadOnlyList<string> Tips { get; set; } = [];

    public IReadOnlyList<Line> Answers => _answers;

    /// <summary>How many rows of the inbox or the answers are scrolled out at the top.</summary>
    public int ScrolledDown { get; set; }

    /// <summary>Chats, the latest first.</summary>
    public IEnumerable<Conversation> Chats => _chats.Values.OrderByDescending(chat => chat.UpdatedAt);

    /// <summary>The Requests folder, the newest first.</summary>
    public IEnumerable<Request> Folder => _requests.Values
        .Where(request => request is { Direction: RequestDirection.Incoming, State: RequestState.Pending })
        .OrderByDescending(request => request.SentAt);

    /// <summary>Everybody whom the board knows by name.</summary>
    public IEnumerable<string> Names => _chats.Values.Select(chat => chat.Peer.Username)
        .Concat(_requests.Values.SelectMany(request => new[] { request.Sender.Username, request.Recipient.Username }))
        .Where(name => name != Me?.Username)
        .Distinct(StringComparer.OrdinalIgnoreCase);

    public bool IsOnline(string userId) => _online.GetValueOrDefault(userId);

    public bool IsTyping(DateTimeOffset now) => Chat is { } chat && chat.Id == _typing.ConversationId && now < _typing.Until;

    public Conversation? FindChat(string username) =>
        _chats.Values.FirstOrDefault(chat => string.Equals(chat.Peer.Username, username, StringComparison.OrdinalIgnoreCase));

    public void SignIn(UserCard me)
    {
        SignOut();
        Me = me;
    }

    public void SignOut()
    {
        Forget();
        (Me, Badges, Link, Chat, Page) = (null, new(), null, null, BoardPage.Inbox);
        _answers.Clear();
    }

    public Conversation? FindChatById(string conversationId) => _chats.GetValueOrDefault(conversationId);

    public Request? FindRequest(string requestId) => _requests.GetValueOrDefault(requestId);

    public void Open(ChatView chat) => (Chat, Page) = (chat, BoardPage.Chat);

    public void ShowInbox() => (Chat, Page, ScrolledDown) = (null, BoardPage.Inbox, 0);

    /// <summary>A command begins to answer: what others have answered before goes.</summary>
    public void BeginAnswer()
    {
        _answers.Clear();
        ScrolledDown = 0;
    }

    public void Answer(Line line)
    {
        if (_answers.Count == AnswersKept)
            _answers.RemoveAt(0);
        _answers.Add(line);
        Page = BoardPage.Answers;
    }

    /// <summary>Back from answers to the chat, if one is open, and from there to the inbox.</summary>
    public void GoBack()
    {
        if (Page == BoardPage.Answers && Chat is not null)
            Page = BoardPage.Chat;
        else
            ShowInbox();
    }

    public void SetOnline(string userId, bool isOnline) => _online[userId] = isOnline;

    public void Apply(Update update, DateTimeOffset now)
    {
        Status = News.Of(update, this) ?? Status;
        Chat?.Apply(update);
        switch (update)
        {
            case InboxCleared:
                Forget();
                break;
            case InboxReady when Chat is { } open && !_chats.ContainsKey(open.Id):
                ShowInbox();
                break;
            case MeUpdate e:
                (Me, Badges) = (e.Me.User, e.Me.Badges);
                break;
            case BadgesUpdate e:
                Badges = e.Badges;
                break;
            case ConversationUpdate e:
                _chats[e.Conversation.ConversationId] = e.Conversation;
                break;
            case MessageUpdate e:
                AddMessage(e);
                break;
            case SeenUpdate e when _chats.TryGetValue(e.ConversationId, out var chat):
                _chats[e.ConversationId] = ChatFolding.Seen(chat, e, Me?.UserId);
                break;
            case RequestUpdate e:
                _requests[e.Request.RequestId] = e.Request;
                break;
            case RequestRemovedUpdate e:
                _requests.Remove(e.RequestId);
                break;
            case TypingUpdate e:
                _typing = (e.ConversationId, now + TypingShown);
                break;
            case PresenceUpdate e:
                SetOnline(e.UserId, e.IsOnline);
                break;
        }
    }

    private void AddMessage(MessageUpdate e)
    {
        if (_chats.TryGetValue(e.Message.ConversationId, out var chat))
            _chats[chat.ConversationId] = ChatFolding.Added(chat, e);
        if (e.Message.ConversationId == _typing.ConversationId && e.Message.SenderId != Me?.UserId)
            _typing = default;
    }

    private void Forget()
    {
        _chats.Clear();
        _requests.Clear();
        _online.Clear();
    }
}
