using System.Globalization;
using ChatHub.Client;
using ChatHub.Contracts;
using Xunit;

namespace ChatHub.Tests.Client.Updates;

/// <summary>
/// An application on the SDK: it keeps an <see cref="InboxState"/> and the messages, from the updates alone, and fails when
/// a message arrives twice, late or early, or when a conversation goes back in time.
/// </summary>
internal sealed class RecordingApplication
{
    private readonly Dictionary<string, List<Message>> _messages = [];
    private readonly Dictionary<string, long> _firstSeqs = [];
    private readonly List<(string ConversationId, long Seq)> _missing = [];
    private InboxState _state = InboxState.Empty;

    /// <summary>All messages of a conversation that were delivered.</summary>
    public IReadOnlyList<Message> Messages(string conversationId) => _messages.GetValueOrDefault(conversationId, []);

    /// <summary>All messages that were delivered, as far as the user still sees them.</summary>
    public IEnumerable<Message> AllMessages => _messages.Values.SelectMany(messages => messages);

    /// <summary>Seqs that were passed over: the user cleared them before they were delivered.</summary>
    public IReadOnlyList<(string ConversationId, long Seq)> Missing => _missing;

    public InboxState Inbox => _state;

    public string Describe() => Describe(_state.Conversations.Values, _state.Requests.Values, _state.Badges, _state.Me?.Bio ?? "");

    public static string Describe(IEnumerable<Conversation> conversations, IEnumerable<Request> requests, Badges badges, string bio) => string.Join(
        '\n',
        [
            .. conversations.OrderBy(chat => chat.ConversationId, StringComparer.Ordinal).Select(chat => string.Create(
                CultureInfo.InvariantCulture,
                $"{chat.ConversationId}: {chat.State} {chat.LastSeq} {chat.LastMessage?.Text} change {chat.LastMessage?.Change} cleared {chat.ClearedSeq} archived {chat.IsArchived} pinned {chat.IsPinned} unread {chat.UnreadCount} seen {chat.SeenSeq} by peer {chat.PeerSeenSeq}")),
            .. requests.Select(request => $"{request.RequestId}: {request.State}").Order(StringComparer.Ordinal),
            $"{badges}",
            bio,
        ]);

    public void Apply(Update update)
    {
        switch (update)
        {
            case InboxCleared:
                _messages.Clear();
                _firstSeqs.Clear();
                _missing.Clear();
                break;
            case ConversationUpdate { Conversation: var chat }:
                AssertNotOlder(chat);
                _firstSeqs.TryAdd(chat.ConversationId, _state.IsReady ? 1 : chat.LastSeq + 1);
                break;
            case MessageUpdate { Message: var message }:
                Add(message);
                break;
            case MessageChangedUpdate { Message: var message }:
                Change(message);
                break;
        }

        _state = _state.Apply(update);
    }

    /// <summary>Updates come in order: a conversation never goes back.</summary>
    private void AssertNotOlder(Conversation chat)
    {
        if (!_state.Conversations.TryGetValue(chat.ConversationId, out var before))
            return;
        Assert.InRange(chat.LastSeq, before.LastSeq, long.MaxValue);
        Assert.InRange(chat.SeenSeq, before.SeenSeq, long.MaxValue);
        Assert.InRange(chat.PeerSeenSeq, before.PeerSeenSeq, long.MaxValue);
    }

    private void Add(Message message)
    {
        var id = message.ConversationId;
        if (!_messages.TryGetValue(id, out var messages))
            _messages.Add(id, messages = []);
        var next = messages.Count > 0 ? messages[^1].Seq + 1 : _firstSeqs[id];
        Assert.InRange(message.Seq, next, long.MaxValue);
        for (var seq = next; seq < message.Seq; seq++)
            _missing.Add((id, seq));
        messages.Add(message);
    }

    /// <summary>The higher change wins; one of a message that was never delivered is passed over.</summary>
    private void Change(Message message)
    {
        var messages = _messages.GetValueOrDefault(message.ConversationId, []);
        var i = messages.FindIndex(other => other.Seq == message.Seq);
        if (i >= 0 && message.Change > messages[i].Change)
            messages[i] = message;
    }
}
