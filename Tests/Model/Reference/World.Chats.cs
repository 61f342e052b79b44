using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>Chats, messages, seen marks, and the keys that make sending twice harmless.</summary>
internal sealed partial class World
{
    public object? OpenConversation(ModelUser caller, UserInput input)
    {
        var other = Find(input.UserId);
        var way = WayTo(caller, other);
        RefuseOpening(way);
        var chat = ChatOf(caller, other!);
        if (way == Way.Connected)
            return Changed(caller, chat!, 0);

        chat ??= NewChat(caller, other!);
        var mine = chat.Of(caller);
        (mine.IsVisible, mine.OpenedAt, mine.UpdatedAt, mine.Stamp) = (true, Now, Now, _change.Stamp(caller));
        _change.Raise(caller, v => Changed(caller, chat, v));
        return null;
    }

    public object? GetConversation(ModelUser caller, ConversationInput input) => ConversationFor(caller, Visible(caller, input.ConversationId));

    public object? SendMessage(ModelUser caller, SendMessageInput input)
    {
        var text = Trimmed(input.Text, 1, 4000);
        if (input.ReplyToSeq is <= 0)
            throw Invalid();
        var target = $"message|{input.ConversationId}|{input.ReplyToSeq}";
        if (FirstUse(caller, input.ClientId!, target, text) is { } key)
            return Received(caller, key.Message!, 0, isNew: false);

        var chat = Visible(caller, input.ConversationId);
        if (input.ReplyToSeq is { } replyTo && !IsShown(caller, chat, replyTo))
            throw Invalid();
        var peer = chat.Peer(caller);
        RefuseWriting(caller, peer);
        if (chat.Messages.Count == 0)
        {
            if (OpenRequest(peer, caller) is not null)
                throw new Refused(ErrorCodes.RequestRequired);
            if (!chat.Of(peer).IsVisible)
                RefuseOpening(FromAgeOn(caller, peer));
        }

        var isNew = !chat.Of(peer).IsVisible;
        var message = Say(chat, caller, input.ClientId!, text, replyToSeq: input.ReplyToSeq);
        Use(caller, input.ClientId!, new(Now, target, text, null, message));
        _change.Raise(caller, v => Received(caller, message, v, isNew: false));
        if (!peer.IsRemoved)
            _change.Raise(peer, v => Received(peer, message, v, isNew));
        return null;
    }

    public object? MarkSeen(ModelUser caller, MarkSeenInput input)
    {
        if (input.Seq is not >= 0)
            throw Invalid();
        var chat = Visible(caller, input.ConversationId);
        var (mine, peer) = (chat.Of(caller), chat.Peer(caller));
        if (input.Seq > chat.Messages.Count)
            throw Invalid();
        if (input.Seq <= mine.SeenSeq)
            return Seen(caller, chat, caller, mine.SeenSeq, 0);

        (mine.SeenSeq, mine.SeenAt, mine.Stamp) = (input.Seq.Value, Now, _change.Stamp(caller));
        _change.Raise(caller, v => Seen(caller, chat, caller, mine.SeenSeq, v));
        if (!SendsReceipts(mine) || caller.Blocks.ContainsKey(peer) || peer.Blocks.ContainsKey(caller))
            return null;

        mine.ShownSeq = mine.SeenSeq;
        if (!peer.IsRemoved)
        {
            chat.Of(peer).Stamp = _change.Stamp(peer);
            _change.Raise(peer, v => Seen(peer, chat, caller, mine.ShownSeq, v));
        }

        return null;
    }

    /// <summary>The table of open conversations, for sending and accepting.</summary>
    private void RefuseWriting(ModelUser caller, ModelUser peer)
    {
        if (IsBanned(caller))
            throw new Refused(ErrorCodes.MessagingBanned);
        if (caller.IsOff)
            throw new Refused(ErrorCodes.MessagingDisabled);
        if (caller.Blocks.ContainsKey(peer))
            throw new Refused(ErrorCodes.YouBlockedUser);
        if (IsOutOfReach(caller, peer))
            throw new Refused(ErrorCodes.MessagingUnavailable);
    }

    private ModelChat Visible(ModelUser user, string? conversationId) =>
        Chats.Find(c => c.Id == conversationId && c.Has(user) && c.Of(user).IsVisible) ?? throw new Refused(ErrorCodes.ConversationNotFound);

    private ModelChat NewChat(ModelUser one, ModelUser other)
    {
        var chat = new ModelChat($"{Placeholder}chat:{Chats.Count}", one, other, Now);
        Chats.Add(chat);
        return chat;
    }

    private ModelMessage Say(ModelChat chat, ModelUser sender, string clientId, string text, DateTimeOffset? sentAt = null, long? replyToSeq = null)
    {
        var message = new ModelMessage(chat, chat.Messages.Count + 1, sender, clientId, text, sentAt ?? Now) { ReplyToSeq = replyToSeq };
        chat.Messages.Add(message);
        foreach (var side in chat.Sides.Where(side => !side.IsVisible))
            side.OpenedAt = Now;
        foreach (var side in chat.Sides)
            (side.IsVisible, side.IsArchived, side.UpdatedAt, side.Stamp) = (true, false, Now, _change.Stamp(side.User));
        return message;
    }

    private ConversationChanged Changed(ModelUser user, ModelChat chat, long version) =>
        new() { Version = version, Conversation = ConversationFor(user, chat), Badges = BadgesOf(user) };

    /// <summary>Message 1 brings its receiver the conversation, but where they had opened it while it was empty.</summary>
    private MessageReceived Received(ModelUser user, ModelMessage message, long version, bool isNew) => new()
    {
        Version = version,
        Message = MessageFor(user, message),
        Conversation = isNew ? ConversationFor(user, message.Chat) : null,
        UnreadCount = message.Chat.Unread(user),
        Badges = BadgesOf(user),
    };

    private MessagesSeen Seen(ModelUser user, ModelChat chat, ModelUser by, long seq, long version) => new()
    {
        Version = version,
        ConversationId = chat.Id,
        SeenBy = by.Id,
        Seq = seq,
        At = chat.Of(by).SeenAt ?? DateTimeOffset.UnixEpoch,
        UnreadCount = chat.Unread(user),
        Badges = BadgesOf(user),
    };

    private static ModelKey? FirstUse(ModelUser caller, string clientId, string target, string text)
    {
        if (!caller.Keys.TryGetValue(clientId, out var key))
            return null;
        return key.Target == target && (key.Text == text || key.IsTextChanged) ? key : throw new Refused(ErrorCodes.Conflict);
    }

    private static void Use(ModelUser caller, string clientId, ModelKey key) => caller.Keys.Add(clientId, key);

    /// <summary>The first result in its present state: the chat where it opened one at once, theirs where it crossed one.</summary>
    private RequestChanged RepeatedRequest(ModelUser caller, ModelKey key) => Changed(key.Request!, 0) with
    {
        Conversation = key.Request!.Chat is { } chat ? ConversationFor(caller, chat) : null,
        AcceptedRequest = key.Crossed is { } crossed && IsListed(caller, crossed) ? RequestFor(caller, crossed) : null,
    };
}
