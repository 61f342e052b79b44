using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>Section 3: the shapes, as a user sees them now.</summary>
internal sealed partial class World
{
    public static UserCard Card(ModelUser user) => user.IsRemoved
        ? new() { UserId = user.Id, Username = "", DisplayName = "Removed user" }
        : new() { UserId = user.Id, Username = user.Username, DisplayName = user.DisplayName, IsVerified = user.IsVerified };

    /// <summary>Counted. A request whose time is over counts until that is written, one after the other, each with its event.</summary>
    public Badges BadgesOf(ModelUser user) => new()
    {
        PendingRequests = Requests.Count(r => r.Recipient == user && r.Entry == Entry.Main),
        FilteredRequests = Requests.Count(r => r.Recipient == user && r.Entry == Entry.Filtered),
        UnreadConversations = Chats.Count(c => c.Has(user) && c.Unread(user) > 0),
        UnreadMessages = Chats.Where(c => c.Has(user)).Sum(c => c.Unread(user)),
    };

    public Me MeOf(ModelUser user)
    {
        var banned = IsBanned(user);
        return new()
        {
            User = Card(user),
            Bio = user.Bio,
            Settings = user.Settings,
            Badges = BadgesOf(user),
            Epoch = epoch,
            Version = user.Version,
            IsBanned = banned,
            BannedUntil = banned ? user.Ban!.Until : null,
            BanReason = banned ? user.Ban!.Reason : null,
            RequestsLeftToday = Math.Max(0, PerDay(user, Now) - CountedAt(user, Now)),
        };
    }

    public Request RequestFor(ModelUser user, ModelRequest request) => new()
    {
        RequestId = request.Id,
        Direction = request.Sender == user ? RequestDirection.Outgoing : RequestDirection.Incoming,
        Sender = Card(request.Sender),
        Recipient = Card(request.Recipient),
        Text = request.Message is not { } message ? request.Text : IsShown(user, message.Chat, message.Seq) ? message.Text : "",
        SentAt = request.SentAt,
        State = request.State == RequestState.Pending && !IsOpen(request) ? RequestState.Expired : request.State,
        AcceptedAt = request.AcceptedAt,
        ConversationId = request.Chat?.Id,
        Folder = user != request.Recipient ? null : request.Entry switch
        {
            Entry.Main => RequestFolder.Main,
            Entry.Filtered => RequestFolder.Filtered,
            Entry.Deleted => RequestFolder.Deleted,
            _ => null,
        },
    };

    /// <summary>For the recipient. A block of theirs takes the effect of follows between the two; the sender's shows in nothing.</summary>
    private RequestContext ContextOf(ModelRequest request)
    {
        var (sender, recipient) = (request.Sender, request.Recipient);
        var blocks = recipient.Blocks.ContainsKey(sender);
        var shared = recipient.Follows.OrderByDescending(follow => follow.Value).Take(1_000).Select(follow => follow.Key)
            .Where(user => user.Follows.ContainsKey(sender) && !user.IsRemoved && !AreBlocked(user, sender) && !AreBlocked(user, recipient)).ToList();
        return new()
        {
            SenderJoined = sender.IsRemoved ? null : sender.JoinedAt?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
            YouFollow = !blocks && recipient.Follows.ContainsKey(sender),
            FollowsYou = !blocks && sender.Follows.ContainsKey(recipient),
            SharedFollowCount = shared.Count,
            SharedFollows = [.. shared.Take(3).Select(Card)],
            EarlierRequests = Requests.Count(r => r != request && r.Sender == sender && r.Recipient == recipient && r.HasReached
                && (r.WithdrawnAt ?? (r.State == RequestState.Expired ? r.ExpiresAt : null)) > Now - TimeSpan.FromDays(365)),
        };
    }

    private static bool AreBlocked(ModelUser one, ModelUser other) => one.Blocks.ContainsKey(other) || other.Blocks.ContainsKey(one);

    public Conversation ConversationFor(ModelUser user, ModelChat chat) => new()
    {
        ConversationId = chat.Id,
        Peer = Card(chat.Peer(user)),
        State = StateFor(user, chat.Peer(user)),
        LastSeq = chat.Messages.Count,
        LastMessage = chat.Messages.Count <= chat.Of(user).ClearedSeq ? null : MessageFor(user, chat.Messages[^1]),
        UnreadCount = chat.Unread(user),
        SeenSeq = chat.Of(user).SeenSeq,
        PeerSeenSeq = chat.Of(chat.Peer(user)).ShownSeq,
        OpenedAt = chat.Of(user).OpenedAt,
        UpdatedAt = chat.Of(user).UpdatedAt,
        LastChange = chat.LastChange,
        ClearedSeq = chat.Of(user).ClearedSeq,
        SendSeenReceipts = chat.Of(user).Receipts,
        MutedUntil = MutedUntil(chat.Of(user)),
        IsArchived = chat.Of(user).IsArchived,
        IsPinned = chat.Of(user).IsPinned,
    };

    /// <summary>
    /// Status, of one's own: whether the peer has shown to have seen it; of the peer's: whether one has seen it oneself.
    /// A cleared one, which a repeated clientId answers, has no content.
    /// </summary>
    public static Message MessageFor(ModelUser user, ModelMessage message) => new()
    {
        ConversationId = message.Chat.Id,
        Seq = message.Seq,
        SenderId = message.Sender.Id,
        ClientId = message.Sender == user ? message.ClientId : null,
        Text = IsShown(user, message.Chat, message.Seq) ? message.Text : "",
        SentAt = message.SentAt,
        Status = (message.Sender == user ? message.Chat.Of(message.Chat.Peer(user)).ShownSeq : message.Chat.Of(user).SeenSeq) >= message.Seq
            ? MessageStatus.Seen
            : MessageStatus.Sent,
        Change = message.Change,
        EditedAt = message.EditedAt,
        RemovedAt = message.RemovedAt,
        ReplyToSeq = message.ReplyToSeq,
        Reactions = message.Reactions.Count == 0 || !IsShown(user, message.Chat, message.Seq) ? null
            : [.. message.Reactions.OrderByDescending(r => r.Key == message.Sender).Select(r => new Reaction { UserId = r.Key.Id, Emoji = r.Value })],
    };

    public Profile ProfileFor(ModelUser viewer, ModelUser user)
    {
        var card = Card(user);
        return new()
        {
            UserId = card.UserId,
            Username = card.Username,
            DisplayName = card.DisplayName,
            IsVerified = card.IsVerified,
            Bio = user.IsRemoved ? null : user.Bio,
            FollowerCount = Users.Count(other => other.Follows.ContainsKey(user) && !IsLeftOut(viewer, user, other)),
            FollowingCount = user.Follows.Keys.Count(other => !IsLeftOut(viewer, user, other)),
            YouFollow = viewer.Follows.ContainsKey(user),
            FollowsYou = user.Follows.ContainsKey(viewer),
            YouBlocked = viewer.Blocks.ContainsKey(user),
            IsOnline = ShowPresence(viewer, user) ? true : null,
            MessageButton = Button(viewer, user),
        };
    }

    /// <summary>A blocked side's follows stand, but the blocker's own counts and lists leave them out.</summary>
    private static bool IsLeftOut(ModelUser viewer, ModelUser user, ModelUser other) => viewer == user && viewer.Blocks.ContainsKey(other);

    private static ConversationState StateFor(ModelUser user, ModelUser peer) =>
        user.Blocks.ContainsKey(peer) ? ConversationState.YouBlocked
        : IsOutOfReach(user, peer) ? ConversationState.Unavailable
        : ConversationState.Open;

    private static bool IsOutOfReach(ModelUser user, ModelUser peer) => peer.Blocks.ContainsKey(user) || peer.IsOff || peer.IsRemoved;

    /// <summary>Only people with an open chat, both showing presence; blocking hides it.</summary>
    private bool ShowPresence(ModelUser viewer, ModelUser user) =>
        viewer != user
        && viewer.Settings.ShowPresence && user.Settings.ShowPresence
        && !viewer.IsOff
        && ChatOf(viewer, user) is { Messages.Count: > 0 }
        && StateFor(viewer, user) == ConversationState.Open;
}
