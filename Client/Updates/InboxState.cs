using System.Collections.Immutable;
using ChatHub.Client.Updates;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// The user's inbox as a reducer over <see cref="ChatHubMessenger.Updates"/>: <c>state = state.Apply(update)</c>, from
/// <see cref="Empty"/>. Immutable: an instance can be kept, compared, and read from any thread. Applied to every update in
/// order, it equals the server's state whenever <see cref="IsReady"/>.
/// </summary>
public sealed record InboxState
{
    // A request that was accepted is one of the first two messages of its conversation.
    private const int RequestMessages = 2;

    private InboxState()
    {
    }

    /// <summary>The state before the first update.</summary>
    public static InboxState Empty { get; } = new();

    /// <summary>False while the inbox is loaded: from <see cref="InboxCleared"/> to <see cref="InboxReady"/>.</summary>
    public bool IsReady { get; private init; }

    /// <summary>The user; null until the inbox was loaded once.</summary>
    public Me? Me { get; private init; }

    /// <summary>The numbers behind the red dot.</summary>
    public Badges Badges { get; private init; } = new();

    /// <summary>All conversations by id.</summary>
    public ImmutableDictionary<string, Conversation> Conversations { get; private init; } = NoItems<Conversation>();

    /// <summary>
    /// Requests by id, in both directions: those pending when the inbox was loaded, and those that changed since, in
    /// whatever state. The text of an accepted one reads as its message does.
    /// </summary>
    public ImmutableDictionary<string, Request> Requests { get; private init; } = NoItems<Request>();

    /// <summary>The conversations that are not archived: the pinned ones first, then the latest first.</summary>
    public IEnumerable<Conversation> ByActivity => Listed(archived: false);

    /// <summary>The archived conversations, in the same order.</summary>
    public IEnumerable<Conversation> Archived => Listed(archived: true);

    /// <summary>The Requests folder: incoming requests that are pending and not filtered, the newest first.</summary>
    public IEnumerable<Request> RequestsFolder => Folder(RequestFolder.Main);

    /// <summary>The filtered requests: incoming and pending, the newest first. They have no red dot, and nothing is notified of them.</summary>
    public IEnumerable<Request> FilteredRequests => Folder(RequestFolder.Filtered);

    /// <summary>The state after one more update. Updates without a lasting effect (typing, presence, blocks) leave it as it is.</summary>
    /// <param name="update">The next update.</param>
    public InboxState Apply(Update update) => update switch
    {
        InboxCleared => Empty,
        InboxReady => this with { IsReady = true },
        MeUpdate e => this with { Me = WithKnownWords(e.Me), Badges = e.Me.Badges },
        BadgesUpdate e => this with { Badges = e.Badges },
        ConversationUpdate e => WithoutCleared(e.Conversation).With(e.Conversation),
        MessageUpdate e => Conversations.TryGetValue(e.Message.ConversationId, out var conversation) ? With(Add(conversation, e)) : this,
        MessageChangedUpdate e => Conversations.TryGetValue(e.Message.ConversationId, out var conversation) ? WithRequestOf(e.Message, conversation).With(Change(conversation, e)) : this,
        SeenUpdate e => Conversations.TryGetValue(e.ConversationId, out var conversation) ? With(MarkSeen(conversation, e)) : this,
        RequestUpdate e => this with { Requests = Requests.SetItem(e.Request.RequestId, e.Request) },
        RequestRemovedUpdate e => this with { Requests = Requests.Remove(e.RequestId) },
        _ => this,
    };

    /// <summary>Sync omits the hidden words: the known ones stay.</summary>
    private Me WithKnownWords(Me me) =>
        me with { Settings = me.Settings with { HiddenWords = me.Settings.HiddenWords ?? Me?.Settings.HiddenWords } };

    private InboxState With(Conversation conversation) =>
        this with { Conversations = Conversations.SetItem(conversation.ConversationId, conversation) };

    // A change that the conversation has already may be older than the request's text.
    private InboxState WithRequestOf(Message message, Conversation conversation) =>
        message.Seq <= RequestMessages && message.Change > conversation.LastChange
            && RequestsOf(conversation).FirstOrDefault(request => request.Sender.UserId == message.SenderId && request.SentAt == message.SentAt) is { } request
            ? WithText(request, message.Text)
            : this;

    private InboxState WithoutCleared(Conversation conversation) =>
        Conversations.TryGetValue(conversation.ConversationId, out var known) && known.ClearedSeq < RequestMessages && conversation.ClearedSeq > known.ClearedSeq
            ? RequestsOf(conversation).OrderBy(request => request.SentAt).Take((int)Math.Min(conversation.ClearedSeq, RequestMessages))
                .Aggregate(this, (state, request) => state.WithText(request, ""))
            : this;

    private IEnumerable<Request> RequestsOf(Conversation conversation) =>
        Requests.Values.Where(request => request.ConversationId == conversation.ConversationId);

    private InboxState WithText(Request request, string text) =>
        this with { Requests = Requests.SetItem(request.RequestId, request with { Text = text }) };

    private IEnumerable<Request> Folder(RequestFolder folder) => Requests.Values
        .Where(request => request is { Direction: RequestDirection.Incoming, State: RequestState.Pending } && (request.Folder ?? RequestFolder.Main) == folder)
        .OrderByDescending(request => request.SentAt);

    private IEnumerable<Conversation> Listed(bool archived) => Conversations.Values
        .Where(conversation => conversation.IsArchived == archived)
        .OrderByDescending(conversation => conversation.IsPinned)
        .ThenByDescending(conversation => conversation.UpdatedAt);

    // A message that is part of the conversation already (fetched later than it was read, or delivered with it) moves nothing:
    // only one beyond its last takes it out of the archive.
    private static Conversation Add(Conversation conversation, MessageUpdate e) => e.Message.Seq.CompareTo(conversation.LastSeq) switch
    {
        < 0 => conversation,
        0 => conversation with { LastMessage = Last(conversation, e.Message), UnreadCount = e.UnreadCount ?? conversation.UnreadCount },
        _ => conversation with
        {
            LastSeq = e.Message.Seq,
            LastMessage = e.Message,
            UnreadCount = e.UnreadCount ?? conversation.UnreadCount,
            UpdatedAt = e.Message.SentAt,
            IsArchived = false,
        },
    };

    private static Message? Last(Conversation conversation, Message message) =>
        message.Seq <= conversation.ClearedSeq ? null
        : conversation.LastMessage is { } last ? LastChangeRule.Newer(last, message)
        : message;

    private static Conversation Change(Conversation conversation, MessageChangedUpdate e) => conversation with
    {
        LastChange = Math.Max(conversation.LastChange, e.LastChange),
        LastMessage = conversation.LastMessage is { } last && last.Seq == e.Message.Seq ? LastChangeRule.Newer(last, e.Message) : conversation.LastMessage,
    };

    private static Conversation MarkSeen(Conversation conversation, SeenUpdate e)
    {
        if (e.SeenBy != conversation.Peer.UserId)
            return conversation with { SeenSeq = Math.Max(conversation.SeenSeq, e.Seq), UnreadCount = e.UnreadCount };

        var last = conversation.LastMessage is { } message && message.SenderId != e.SeenBy && message.Seq <= e.Seq
            ? message with { Status = MessageStatus.Seen }
            : conversation.LastMessage;
        return conversation with { PeerSeenSeq = Math.Max(conversation.PeerSeenSeq, e.Seq), LastMessage = last };
    }

    private static ImmutableDictionary<string, T> NoItems<T>() => ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);
}
