using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>Changes of messages, and a user's own view of a chat.</summary>
internal sealed partial class World
{
    private static readonly TimeSpan EditTime = TimeSpan.FromMinutes(15);

    public object? EditMessage(ModelUser caller, EditMessageInput input)
    {
        if (input.Seq is not >= 1)
            throw Invalid();
        var text = Trimmed(input.Text, 1, 4000);
        var (chat, message) = Own(caller, input.ConversationId, input.Seq.Value);
        if (!IsShown(caller, chat, message.Seq))
            throw Invalid();
        if (message.Text == text)
            return MessageChanged(caller, message, 0);
        RefuseWriting(caller, chat.Peer(caller));
        if (message.RemovedAt is not null || Now > message.SentAt + EditTime)
            throw new Refused(ErrorCodes.EditClosed);
        message.Earlier.Add((message.Text, Now));
        (message.Text, message.EditedAt) = (text, Now);
        return Change(caller, message, isText: true);
    }

    public object? RemoveMessage(ModelUser caller, RemoveMessageInput input)
    {
        if (input.Seq is not >= 1)
            throw Invalid();
        var (_, message) = Own(caller, input.ConversationId, input.Seq.Value);
        if (message.RemovedAt is not null)
            return MessageChanged(caller, message, 0);
        message.Earlier.Add((message.Text, Now));
        (message.Text, message.RemovedAt) = ("", Now);
        message.Reactions.Clear();
        return Change(caller, message, isText: true);
    }

    public object? React(ModelUser caller, ReactInput input)
    {
        if (input.Seq is not >= 1 || input.Emoji is not (null or "👍" or "❤️" or "👩🏽‍🚀"))
            throw Invalid();
        var chat = Visible(caller, input.ConversationId);
        if (!IsShown(caller, chat, input.Seq.Value))
            throw Invalid();
        var message = chat.Messages[(int)input.Seq.Value - 1];
        if (message.Reactions.GetValueOrDefault(caller) == input.Emoji)
            return MessageChanged(caller, message, 0);
        RefuseWriting(caller, chat.Peer(caller));
        if (message.RemovedAt is not null)
            throw new Refused(ErrorCodes.EditClosed);
        if (input.Emoji is null)
            message.Reactions.Remove(caller);
        else
            message.Reactions[caller] = input.Emoji;
        return Change(caller, message, isText: false);
    }

    public object? UpdateConversation(ModelUser caller, UpdateConversationInput input)
    {
        var chat = Visible(caller, input.ConversationId);
        var mine = chat.Of(caller);
        var before = (mine.Receipts, MutedUntil(mine), mine.IsArchived, mine.IsPinned);
        var until = input.MutedUntil is { } wanted ? (wanted > Now ? wanted : null) : MutedUntil(mine);
        var after = (input.SendSeenReceipts ?? mine.Receipts, until, input.IsArchived ?? mine.IsArchived, input.IsPinned ?? mine.IsPinned);
        if (before == after)
            return Changed(caller, chat, 0);
        if (!mine.IsPinned && after.Item4 && Chats.Count(c => c.Has(caller) && c.Of(caller).IsPinned) >= 20)
            throw Invalid();
        (mine.Receipts, mine.MutedUntil, mine.IsArchived, mine.IsPinned) = after;
        mine.Stamp = _change.Stamp(caller);
        _change.Raise(caller, v => Changed(caller, chat, v));
        return null;
    }

    public object? ClearConversation(ModelUser caller, ClearConversationInput input)
    {
        if (input.UpToSeq is not >= 0)
            throw Invalid();
        var chat = Visible(caller, input.ConversationId);
        var mine = chat.Of(caller);
        if (input.UpToSeq > chat.Messages.Count)
            throw Invalid();
        if (input.UpToSeq <= mine.ClearedSeq)
            return Changed(caller, chat, 0);

        // Unread ones among them are read, as by a mark with receipts off.
        if (input.UpToSeq > mine.SeenSeq)
            (mine.SeenSeq, mine.SeenAt) = (input.UpToSeq.Value, Now);
        mine.Clearings.Add((mine.ClearedSeq, Now));
        foreach (var message in chat.Messages.Where(m => m.Seq > mine.ClearedSeq && m.Seq <= input.UpToSeq))
            StampRequest(caller, message);
        (mine.ClearedSeq, mine.Stamp) = (input.UpToSeq.Value, _change.Stamp(caller));
        _change.Raise(caller, v => Changed(caller, chat, v));
        return null;
    }

    /// <summary>The next change of the conversation: for each side that has not cleared the message.</summary>
    private MessageChanged? Change(ModelUser caller, ModelMessage message, bool isText)
    {
        var chat = message.Chat;
        message.Change = ++chat.LastChange;
        foreach (var user in new[] { caller, chat.Peer(caller) }.Where(u => IsShown(u, chat, message.Seq) && !u.IsRemoved))
        {
            chat.Of(user).Stamp = _change.Stamp(user);
            if (isText)
                StampRequest(user, message);
            _change.Raise(user, v => MessageChanged(user, message, v));
        }

        return IsShown(caller, chat, message.Seq) ? null : MessageChanged(caller, message, 0);
    }

    /// <summary>The request that became this message reads differently now for a user who has it in a list.</summary>
    private void StampRequest(ModelUser user, ModelMessage message)
    {
        if (Requests.Find(r => r.Message == message) is not { } request)
            return;
        if (request.Sender == user)
            request.SenderStamp = _change.Stamp(user);
        else if (request.Entry == Entry.Accepted)
            request.RecipientStamp = _change.Stamp(user);
    }

    private MessageChanged MessageChanged(ModelUser user, ModelMessage message, long version) => new()
    {
        Version = version,
        Message = MessageFor(user, message),
        LastChange = message.Chat.LastChange,
        Badges = BadgesOf(user),
    };

    private (ModelChat Chat, ModelMessage Message) Own(ModelUser caller, string? conversationId, long seq)
    {
        var chat = Visible(caller, conversationId);
        return chat.Messages.Find(m => m.Seq == seq && m.Sender == caller) is { } message ? (chat, message) : throw Invalid();
    }

    private static bool IsShown(ModelUser user, ModelChat chat, long seq) => seq > chat.Of(user).ClearedSeq && seq <= chat.Messages.Count;

    private static bool SendsReceipts(ModelSide side) => side.Receipts switch
    {
        ReceiptSetting.On => true,
        ReceiptSetting.Off => false,
        _ => side.User.Settings.SendSeenReceipts,
    };

    /// <summary>The end of a mute is worked out when it is read.</summary>
    private DateTimeOffset? MutedUntil(ModelSide side) => side.MutedUntil > Now ? side.MutedUntil : null;
}
