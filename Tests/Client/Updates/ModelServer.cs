using System.Globalization;
using ChatHub.Contracts;

namespace ChatHub.Tests.Client.Updates;

/// <summary>
/// A reference model of one user's inbox, in memory: changes that raise the version by one, the event of each, and the
/// reads by which a client catches up. A test makes the changes and delivers the events.
/// </summary>
internal sealed class ModelServer : HubStub
{
    public const string UserId = "me";
    public static readonly string[] HiddenWords = ["casino"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ModelConversation> _chats = [];
    private readonly Dictionary<string, (Request Request, bool Removed, long Stamp)> _requests = [];
    private int _epoch = 1;
    private int _bio;

    public long Version { get; private set; }
    public string Epoch => $"epoch {_epoch}";

    public Position Position
    {
        get
        {
            lock (_gate)
                return new() { Epoch = Epoch, Version = Version };
        }
    }

    /// <summary>One random change of the user's view.</summary>
    /// <param name="choice">What changes.</param>
    /// <returns>Its event.</returns>
    public IVersioned Change(int choice)
    {
        lock (_gate)
        {
            var chat = _chats.Count == 0 ? null : _chats.Values.ElementAt(choice / 14 % _chats.Count);
            return (choice % 14, chat) switch
            {
                (0, _) or (_, null) => Open(),
                ( <= 4, _) => Send(chat, own: choice % 2 == 0, $"client {Version}", $"text {Version}"),
                (5, _) => Seen(chat, byPeer: false),
                (6, _) => Seen(chat, byPeer: true),
                (7, _) => ReceiveRequest(),
                (8, _) => RemoveRequest(choice / 14),
                (9, _) when choice % 28 < 14 => Block(chat),
                (10 or 11, _) => ChangeMessage(chat, choice / 14),
                (12, _) => Rearrange(chat, choice / 14),
                (13, _) when choice % 3 == 0 => Clear(chat),
                _ => ChangeMe(),
            };
        }
    }

    /// <summary>As after the restore of a backup: another epoch.</summary>
    public void ChangeEpoch()
    {
        lock (_gate)
            _epoch++;
    }

    /// <summary>Everything that a client should end up with, as text.</summary>
    public string Describe()
    {
        lock (_gate)
        {
            return RecordingApplication.Describe(
                _chats.Values.Select(chat => chat.ToContract()),
                _requests.Values.Where(request => !request.Removed).Select(request => request.Request),
                Badges(),
                Bio());
        }
    }

    /// <summary>Which of these messages the server has in another state, but for those that it no longer shows.</summary>
    public IEnumerable<Message> Outdated(IEnumerable<Message> messages)
    {
        lock (_gate)
            return [.. messages.Where(message => message.Seq > _chats[message.ConversationId].ClearedSeq && _chats[message.ConversationId].At(message.Seq) != message)];
    }

    /// <summary>Up to which seq the user has cleared a conversation.</summary>
    public long ClearedSeq(string conversationId)
    {
        lock (_gate)
            return _chats[conversationId].ClearedSeq;
    }

    /// <summary>With the hidden words, which Sync omits.</summary>
    public override Task<Me> GetMe(EmptyInput input) => Locked(() => Me() with { Settings = new() { HiddenWords = HiddenWords } });

    public override Task<Page<Conversation>> ListConversations(ListConversationsInput input) => Locked(() =>
        PageOf(_chats.Values.Where(chat => chat.IsArchived == (input.Archived ?? false)).Select(chat => (chat.Stamp, chat.ToContract())), input));

    public override Task<Page<Request>> ListRequests(ListRequestsInput input) => Locked(() =>
        PageOf(_requests.Values.Where(item => !item.Removed && item.Request.Direction == input.Direction && item.Request.Folder == (input.Folder ?? RequestFolder.Main))
            .Select(item => (item.Stamp, item.Request)), input));

    public override Task<MessagePage> GetMessages(GetMessagesInput input) => Locked(() =>
    {
        var chat = _chats[input.ConversationId!];
        if (input.ChangedAfter is { } change)
        {
            // Small pages, so that changes need several.
            var changed = chat.ChangedAfter(change);
            return new MessagePage { Items = [.. changed.Take(2)], HasMore = changed.Count > 2 };
        }

        var items = chat.After(input.After!.Value, input.Limit!.Value);
        return new MessagePage { Items = items, HasMore = items.Count > 0 && items[^1].Seq < chat.LastSeq };
    });

    public override Task<MessageReceived> SendMessage(SendMessageInput input) => Locked(() =>
        _chats[input.ConversationId!].Find(input.ClientId!) is { } earlier
            ? Received(earlier, version: 0, conversation: null)
            : Send(_chats[input.ConversationId!], own: true, input.ClientId!, input.Text!));

    public override Task<SyncPage> Sync(SyncInput input) => Locked(() =>
    {
        var reset = input.After > Version || (input.Epoch is { } epoch && epoch != Epoch);
        var items = reset
            ? []
            : _chats.Values.Select(chat => (chat.Stamp, Chat: (Conversation?)chat.ToContract(), Request: (Request?)null, Removed: (string?)null))
                .Concat(_requests.Values.Select(item => (item.Stamp, Chat: (Conversation?)null,
                    Request: item.Removed ? null : item.Request, Removed: item.Removed ? item.Request.RequestId : null)))
                .Where(item => item.Stamp > input.After).OrderBy(item => item.Stamp).ToList();
        // A change of the model stamps one item: a page boundary never splits a version.
        var page = items.Take(input.Limit!.Value).ToList();
        var hasMore = page.Count < items.Count;
        return new SyncPage
        {
            Epoch = Epoch,
            Version = hasMore ? page[^1].Stamp : Version,
            HasMore = hasMore,
            Reset = reset,
            Me = Me(),
            Conversations = [.. page.Select(item => item.Chat).OfType<Conversation>()],
            Requests = [.. page.Select(item => item.Request).OfType<Request>()],
            RemovedRequestIds = [.. page.Select(item => item.Removed).OfType<string>()],
        };
    });

    private MessageReceived Open()
    {
        var chat = new ModelConversation($"chat {_chats.Count}");
        _chats.Add(chat.Id, chat);
        return Send(chat, own: false, $"client {Version}", "the first");
    }

    private MessageReceived Send(ModelConversation chat, bool own, string clientId, string text)
    {
        var message = chat.Add(own, clientId, text);
        chat.Stamp = ++Version;
        return Received(message, Version, chat.LastSeq == 1 ? chat.ToContract() : null);
    }

    private MessageReceived Received(Message message, long version, Conversation? conversation) => new()
    {
        Version = version,
        Message = message,
        Conversation = conversation,
        UnreadCount = _chats[message.ConversationId].Unread,
        Badges = Badges(),
    };

    private MessagesSeen Seen(ModelConversation chat, bool byPeer)
    {
        if (byPeer)
            chat.MarkSeenByPeer();
        else
            chat.MarkSeen();
        chat.Stamp = ++Version;
        return new()
        {
            Version = Version,
            ConversationId = chat.Id,
            SeenBy = byPeer ? chat.Peer.UserId : UserId,
            Seq = chat.LastSeq,
            At = Sample.Noon,
            UnreadCount = chat.Unread,
            Badges = Badges(),
        };
    }

    /// <summary>One that the user has cleared is none of theirs: then there is another message in its place.</summary>
    private IVersioned ChangeMessage(ModelConversation chat, int choice)
    {
        var message = chat.Change(choice);
        if (message.Seq <= chat.ClearedSeq)
            return Send(chat, own: false, $"client {Version}", $"text {Version}");
        chat.Stamp = ++Version;
        return new MessageChanged { Version = Version, Message = message, LastChange = chat.LastChange, Badges = Badges() };
    }

    private ConversationChanged Rearrange(ModelConversation chat, int choice)
    {
        if (choice % 3 == 0)
            chat.IsPinned = !chat.IsPinned;
        else
            chat.IsArchived = !chat.IsArchived;
        return Changed(chat);
    }

    private ConversationChanged Clear(ModelConversation chat)
    {
        chat.Clear();
        return Changed(chat);
    }

    private ConversationChanged Changed(ModelConversation chat)
    {
        chat.Stamp = ++Version;
        return new() { Version = Version, Conversation = chat.ToContract(), Badges = Badges() };
    }

    /// <summary>Every third one is filtered.</summary>
    private RequestReceived ReceiveRequest()
    {
        var folder = _requests.Count % 3 == 2 ? RequestFolder.Filtered : RequestFolder.Main;
        var request = Sample.Request($"text {Version}") with { RequestId = $"request {_requests.Count}", Folder = folder };
        _requests.Add(request.RequestId, (request, Removed: false, ++Version));
        return new() { Version = Version, Request = request, Badges = Badges() };
    }

    private IVersioned RemoveRequest(int choice)
    {
        if (_requests.Count == 0)
            return ReceiveRequest();
        var (id, item) = _requests.ElementAt(choice % _requests.Count);
        _requests[id] = (item.Request, Removed: true, ++Version);
        return new RequestRemoved { Version = Version, RequestId = id, Badges = Badges() };
    }

    private BlockChanged Block(ModelConversation chat)
    {
        chat.Blocked = !chat.Blocked;
        chat.Stamp = ++Version;
        return new()
        {
            Version = Version,
            UserId = chat.Peer.UserId,
            YouBlocked = chat.Blocked,
            Conversation = chat.ToContract(),
            RemovedRequestIds = [],
            Badges = Badges(),
        };
    }

    private MeChanged ChangeMe()
    {
        _bio++;
        Version++;
        return new() { Version = Version, Me = Me() };
    }

    private Me Me() => Sample.Me("alice") with { User = Sample.Card("alice") with { UserId = UserId }, Bio = Bio(), Badges = Badges(), Epoch = Epoch, Version = Version };

    private string Bio() => _bio.ToString(CultureInfo.InvariantCulture);

    private Badges Badges() => new()
    {
        PendingRequests = _requests.Values.LongCount(item => item is { Removed: false, Request.Folder: RequestFolder.Main }),
        FilteredRequests = _requests.Values.LongCount(item => item is { Removed: false, Request.Folder: RequestFolder.Filtered }),
        UnreadConversations = _chats.Values.LongCount(chat => chat.Unread > 0),
        UnreadMessages = _chats.Values.Sum(chat => chat.Unread),
    };

    /// <summary>The latest first, in small pages, so that lists need several.</summary>
    /// <remarks>The cursor is a stamp, as the server's is: an item that leaves the list between two pages makes it skip no other.</remarks>
    private static Page<T> PageOf<T>(IEnumerable<(long Stamp, T Item)> all, PageInput input)
    {
        var before = input.Cursor is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : long.MaxValue;
        var rest = all.Where(item => item.Stamp < before).OrderByDescending(item => item.Stamp).ToList();
        return new()
        {
            Items = [.. rest.Take(2).Select(item => item.Item)],
            NextCursor = rest.Count > 2 ? rest[1].Stamp.ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private Task<T> Locked<T>(Func<T> read)
    {
        lock (_gate)
            return Task.FromResult(read());
    }
}
