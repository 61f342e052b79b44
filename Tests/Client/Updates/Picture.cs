using System.Globalization;
using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client;

/// <summary>
/// An application of the SDK: it makes its picture from the updates alone, and fails when a message comes twice, too late
/// or too early.
/// </summary>
internal sealed class Picture
{
    private readonly Dictionary<string, Conversation> _chats = [];
    private readonly Dictionary<string, Request> _requests = [];
    private readonly Dictionary<string, List<Message>> _messages = [];
    private readonly Dictionary<string, long> _begin = [];
    private Badges _badges = new();
    private string? _bio;
    private bool _loading = true;

    /// <summary>All messages that were told, of a chat.</summary>
    public IReadOnlyList<Message> Messages(string conversationId) => _messages.GetValueOrDefault(conversationId, []);

    public string Describe() => Describe(_chats.Values, _requests.Values, _badges, _bio ?? "");

    public static string Describe(IEnumerable<Conversation> chats, IEnumerable<Request> requests, Badges badges, string bio) => string.Join(
        '\n',
        [
            .. chats.OrderBy(chat => chat.ConversationId, StringComparer.Ordinal).Select(chat => string.Create(
                CultureInfo.InvariantCulture,
                $"{chat.ConversationId}: {chat.State} {chat.LastSeq} unread {chat.UnreadCount} seen {chat.SeenSeq} by peer {chat.PeerSeenSeq}")),
            .. requests.Select(request => $"{request.RequestId}: {request.State}").Order(StringComparer.Ordinal),
            $"{badges}",
            bio,
        ]);

    public void Apply(Update update)
    {
        switch (update)
        {
            case InboxCleared:
                _chats.Clear();
                _requests.Clear();
                _messages.Clear();
                _begin.Clear();
                _loading = true;
                break;
            case InboxReady:
                _loading = false;
                break;
            case MeUpdate e:
                (_bio, _badges) = (e.Me.Bio, e.Me.Badges);
                break;
            case BadgesUpdate e:
                _badges = e.Badges;
                break;
            case ConversationUpdate e:
                AssertNotOlder(e.Conversation);
                _chats[e.Conversation.ConversationId] = e.Conversation;
                _begin.TryAdd(e.Conversation.ConversationId, _loading ? e.Conversation.LastSeq : 0);
                break;
            case MessageUpdate e:
                Add(e);
                break;
            case SeenUpdate e:
                See(e);
                break;
            case RequestUpdate e:
                _requests[e.Request.RequestId] = e.Request;
                break;
            case RequestRemovedUpdate e:
                _requests.Remove(e.RequestId);
                break;
        }
    }

    /// <summary>In order: what has been told of a conversation is never taken back.</summary>
    private void AssertNotOlder(Conversation chat)
    {
        if (!_chats.TryGetValue(chat.ConversationId, out var before))
            return;
        Assert.InRange(chat.LastSeq, before.LastSeq, long.MaxValue);
        Assert.InRange(chat.SeenSeq, before.SeenSeq, long.MaxValue);
        Assert.InRange(chat.PeerSeenSeq, before.PeerSeenSeq, long.MaxValue);
    }

    private void Add(MessageUpdate e)
    {
        var id = e.Message.ConversationId;
        if (!_messages.TryGetValue(id, out var told))
            _messages.Add(id, told = []);
        Assert.Equal(_begin[id] + told.Count + 1, e.Message.Seq);
        told.Add(e.Message);
        var chat = _chats[id];
        _chats[id] = chat with { LastSeq = Math.Max(chat.LastSeq, e.Message.Seq), UnreadCount = e.UnreadCount ?? chat.UnreadCount };
    }

    private void See(SeenUpdate e)
    {
        var chat = _chats[e.ConversationId];
        _chats[e.ConversationId] = e.SeenBy == ModelServer.UserId
            ? chat with { SeenSeq = e.Seq, UnreadCount = e.UnreadCount }
            : chat with { PeerSeenSeq = e.Seq };
    }
}
