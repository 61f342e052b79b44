using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>
/// Everything that the full screen shows, from the SDK's updates and the user's input. No I/O and no clock; used by the
/// event loop only.
/// </summary>
internal sealed class ScreenModel
{
    private const int MaxOutputLines = 500;
    private static readonly TimeSpan TypingDuration = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, bool> _online = new(StringComparer.Ordinal);
    private readonly List<Line> _output = [];
    private readonly FloodDetector _floods = new();
    private (string ConversationId, DateTimeOffset Until) _typing;
    private ConnectionState? _connection;

    public ScreenPage Page { get; private set; } = ScreenPage.Inbox;
    public UserCard? Me { get; private set; }
    public InboxState Inbox { get; private set; } = InboxState.Empty;

    /// <summary>Null before the first connection. Presence is known only while connected.</summary>
    public ConnectionState? Connection
    {
        get => _connection;
        set
        {
            _connection = value;
            _online.Clear();
            if (value == ConnectionState.Connected)
                Status = null;
        }
    }

    public ChatView? Chat { get; private set; }

    /// <summary>Before the line that is typed: the peer's name only where a line is sent to them.</summary>
    public string Prompt => Page == ScreenPage.Chat ? $"{Chat!.Peer.Username}> " : "> ";

    /// <summary>The last error or notification.</summary>
    public Line? Status { get; set; }

    /// <summary>Advice on the introduction that is being written.</summary>
    public IReadOnlyList<string> Tips { get; set; } = [];

    /// <summary>Whether messages show their numbers, to be chosen for a report, in place of their times.</summary>
    public bool ShowsSeqs { get; set; }

    public IReadOnlyList<Line> Output => _output;

    /// <summary>How many rows of the inbox or the output are scrolled out at the top.</summary>
    public int ScrolledDown { get; set; }

    /// <summary>The usernames of everyone in the inbox.</summary>
    public IEnumerable<string> Names => Inbox.Conversations.Values.Select(chat => chat.Peer.Username)
        .Concat(Inbox.Requests.Values.SelectMany(request => new[] { request.Sender.Username, request.Recipient.Username }))
        .Where(name => name != Me?.Username)
        .Distinct(StringComparer.OrdinalIgnoreCase);

    public bool IsOnline(string userId) => _online.GetValueOrDefault(userId);

    public bool IsTyping(DateTimeOffset now) => Chat is { } chat && chat.Id == _typing.ConversationId && now < _typing.Until;

    public Conversation? FindChat(string username) =>
        Inbox.Conversations.Values.FirstOrDefault(chat => string.Equals(chat.Peer.Username, username, StringComparison.OrdinalIgnoreCase));

    public void SignIn(UserCard me)
    {
        SignOut();
        Me = me;
    }

    public void SignOut()
    {
        (Inbox, Me, Connection, Chat, Page) = (InboxState.Empty, null, null, null, ScreenPage.Inbox);
        _output.Clear();
        _floods.Clear();
    }

    public void Open(ChatView chat) => (Chat, Page) = (chat, ScreenPage.Chat);

    public void ShowInbox() => (Chat, Page, ScrolledDown) = (null, ScreenPage.Inbox, 0);

    /// <summary>A command begins: the output of earlier ones is discarded.</summary>
    public void BeginOutput()
    {
        _output.Clear();
        ScrolledDown = 0;
    }

    public void AddOutput(Line line)
    {
        if (_output.Count == MaxOutputLines)
            _output.RemoveAt(0);
        _output.Add(line);
        Page = ScreenPage.Output;
    }

    /// <summary>Back from the output to the chat, if one is open, and from there to the inbox.</summary>
    public void GoBack()
    {
        if (Page == ScreenPage.Output && Chat is not null)
            Page = ScreenPage.Chat;
        else
            ShowInbox();
    }

    public void SetOnline(string userId, bool isOnline) => _online[userId] = isOnline;

    public void Apply(Update update, DateTimeOffset now)
    {
        Status = Notifications.Of(update, this) ?? Status;
        Inbox = Inbox.Apply(update);
        Chat?.Apply(update);
        switch (update)
        {
            case InboxCleared:
                _online.Clear();
                break;
            case InboxReady when Chat is { } open && !Inbox.Conversations.ContainsKey(open.Id):
                ShowInbox();
                break;
            case MeUpdate e:
                Me = e.Me.User;
                break;
            case MessageUpdate e when e.Message.SenderId != Me?.UserId:
                AddReceived(e.Message);
                break;
            case TypingUpdate e:
                _typing = (e.ConversationId, now + TypingDuration);
                break;
            case PresenceUpdate e:
                SetOnline(e.UserId, e.IsOnline);
                break;
        }
    }

    private void AddReceived(Message message)
    {
        if (message.ConversationId == _typing.ConversationId)
            _typing = default;
        if (_floods.Add(message) && Inbox.Conversations.TryGetValue(message.ConversationId, out var chat))
            Status = MessageText.Flood(chat.Peer.Username);
    }
}
