using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>The first steps of a chat, shared by acceptance, crossing and direct opening.</summary>
public sealed class ChatOpener(ConversationStore conversations, MessageStore messages)
{
    /// <summary>The pair's conversation: the one there is (opened, still empty), or a new one that its opener alone sees.</summary>
    public async Task<long> EnsureAsync(Change change, long opener, long peer, long? existing) =>
        existing ?? await conversations.InsertAsync(change.Session, Ids.New(), opener, peer, change.NowMs);

    /// <summary>Makes an empty conversation visible to one more opener.</summary>
    public ValueTask RevealAsync(Change change, long user, long conversation, long version) =>
        messages.RevealAsync(change.Session, user, conversation, version, change.NowMs);

    /// <summary>Writes a request's text as a message of the new chat.</summary>
    public async Task<MessageRow> WriteAsync(Change change, long conversation, FirstMessage first, long seq, long senderVersion, long peerVersion)
    {
        var row = new MessageRow
        {
            Seq = seq,
            SenderKey = first.Sender,
            SenderCount = 1,
            ClientId = first.ClientId,
            Text = first.Text,
            SentAt = first.SentAt,
        };
        await messages.AppendAsync(change.Session, conversation, row, first.Peer, senderVersion, peerVersion, change.NowMs);
        return row;
    }

    /// <summary>An accepted request's text is message 1, and counts as seen whatever the receipt setting.</summary>
    public async Task AcceptAsync(Change change, long conversation, RequestRow request, long senderVersion, long recipientVersion)
    {
        var first = new FirstMessage(request.SenderKey, request.RecipientKey, request.ClientId, request.Text, request.SentAt);
        await WriteAsync(change, conversation, first, seq: 1, senderVersion, recipientVersion);
        await messages.MarkSeenAsync(
            change.Session, request.RecipientKey, conversation, new SeenMark(1, 1, 1, change.NowMs, recipientVersion));
    }

    /// <summary>The conversation as one of the two sees it now.</summary>
    public async Task<Conversation> ViewAsync(Change change, long conversation, UserRef viewer)
    {
        var row = await conversations.ByKeyAsync(change.Session, viewer.Key, conversation);
        return row?.ToContract(viewer, change.NowMs) ?? throw new InvalidOperationException($"Conversation {conversation} is not in the view of its participant.");
    }
}
