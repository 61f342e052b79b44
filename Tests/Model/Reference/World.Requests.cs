using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>The life of a request.</summary>
internal sealed partial class World
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public object? SendRequest(ModelUser caller, SendRequestInput input)
    {
        var text = Trimmed(input.Text, 1, 500);
        var target = $"request|{input.RecipientId}";
        if (FirstUse(caller, input.ClientId!, target, text) is { } key)
            return RepeatedRequest(caller, key);

        var other = Find(input.RecipientId);
        var way = WayTo(caller, other);
        if (way is not (Way.Crossing or Way.Direct or Way.Ask))
            throw new Refused(CodeOf(way));
        if (way == Way.Ask)
            RefuseOverLimit(caller, other!);

        var request = new ModelRequest($"{Placeholder}request:{Requests.Count}", caller, other!, text, input.ClientId!, Now)
        {
            Counts = way == Way.Ask,
            IsFromNewAccount = IsYounger(caller, Month),
        };
        var theirs = OpenRequest(other!, caller);
        request.SenderStamp = _change.Stamp(caller);
        Requests.Add(request);
        Use(caller, input.ClientId!, new(Now, target, text, request, null, way == Way.Crossing ? theirs : null));
        switch (way)
        {
            case Way.Crossing:
                Cross(request, theirs!);
                break;
            case Way.Direct:
                OpenDirectly(request);
                break;
            default:
                Ask(request);
                break;
        }

        return null;
    }

    public object? GetRequest(ModelUser caller, RequestInput input)
    {
        var request = Readable(caller, input.RequestId);
        return RequestFor(caller, request) with { Context = caller == request.Recipient ? ContextOf(request) : null };
    }

    public object? AcceptRequest(ModelUser caller, RequestInput input)
    {
        var request = Requests.Find(r => r.Id == input.RequestId && r.Recipient == caller && r.HasReached) ?? throw new Refused(ErrorCodes.RequestNotFound);
        if (request.State == RequestState.Accepted)
            return request.Entry == Entry.Accepted ? Accepted(caller, request, 0) : throw new Refused(ErrorCodes.RequestNotFound);
        if (!IsOpen(request) || request.Entry == Entry.Deleted)
            throw new Refused(ErrorCodes.RequestClosed);
        RefuseWriting(caller, request.Sender);

        Accept(request);
        _change.Raise(request.Sender, v => Accepted(request.Sender, request, v));
        _change.Raise(caller, v => Accepted(caller, request, v));
        return null;
    }

    public object? DeleteRequest(ModelUser caller, RequestInput input)
    {
        var request = Reached(caller, input.RequestId);
        if (request.DeletedAt is not null)
            return Removed(caller, request, 0);
        if (request.Entry == Entry.None)
        {
            // Nothing shows it any more, but it is turned down all the same.
            request.DeletedAt = Now;
            return Removed(caller, request, 0);
        }

        TurnDown(request);
        _change.Raise(caller, v => Removed(caller, request, v));
        return null;
    }

    /// <summary>Each as DeleteRequest would, as one change; what does not wait in main or filtered is passed over.</summary>
    public object? DeleteRequests(ModelUser caller, DeleteRequestsInput input)
    {
        var waiting = Requests.Where(r => r.Recipient == caller && r.Entry is Entry.Main or Entry.Filtered && IsOpen(r));
        if (input.RequestIds is { } ids)
        {
            waiting = waiting.Where(r => ids.Contains(r.Id));
        }
        else
        {
            var upTo = Requests.IndexOf(Reached(caller, input.UpToRequestId));
            waiting = waiting.Where(r => r.Entry == (input.Folder == RequestFolder.Main ? Entry.Main : Entry.Filtered) && Requests.IndexOf(r) <= upTo);
        }

        var removed = waiting.Reverse().ToList();
        foreach (var request in removed)
            TurnDown(request);
        if (removed.Count == 0)
            return Answer(0);
        _change.Raise(caller, Answer);
        return null;

        RequestsRemoved Answer(long version) => new() { Version = version, RequestIds = [.. removed.Select(r => r.Id)], Badges = BadgesOf(caller) };
    }

    public object? RestoreRequest(ModelUser caller, RequestInput input)
    {
        var request = Reached(caller, input.RequestId);
        if (request.State == RequestState.Accepted)
            throw new Refused(ErrorCodes.RequestNotFound);
        if (!IsOpen(request))
            throw new Refused(ErrorCodes.RequestClosed);
        if (caller.Blocks.ContainsKey(request.Sender))
            throw new Refused(ErrorCodes.YouBlockedUser);
        if (request.Entry != Entry.Deleted)
            return Answer(0);

        (request.Entry, request.DeletedAt, request.RecipientStamp) = (request.ArrivedIn, null, _change.Stamp(caller));
        _change.Raise(caller, Answer);
        return null;

        RequestRestored Answer(long version) => new() { Version = version, Request = RequestFor(caller, request), Badges = BadgesOf(caller) };
    }

    public object? WithdrawRequest(ModelUser caller, RequestInput input)
    {
        var request = Requests.Find(r => r.Id == input.RequestId && r.Sender == caller) ?? throw new Refused(ErrorCodes.RequestNotFound);
        if (request.State == RequestState.Withdrawn)
            return new RequestChanged { Version = 0, Request = RequestFor(caller, request), Badges = BadgesOf(caller) };
        if (!IsOpen(request))
            throw new Refused(ErrorCodes.RequestClosed);

        Close(request, RequestState.Withdrawn);
        _change.Raise(caller, v => Changed(request, v));
        return null;
    }

    /// <summary>What a user may read: all they sent; of what they got, what waits or was accepted.</summary>
    private ModelRequest Readable(ModelUser user, string? requestId) =>
        Requests.Find(r => r.Id == requestId && (r.Sender == user || IsListed(user, r) || (r.Recipient == user && r.Entry == Entry.Deleted && IsOpen(r))))
        ?? throw new Refused(ErrorCodes.RequestNotFound);

    /// <summary>What was in a list of the recipient's at some time.</summary>
    private ModelRequest Reached(ModelUser recipient, string? requestId) =>
        Requests.Find(r => r.Id == requestId && r.Recipient == recipient && r.HasReached) ?? throw new Refused(ErrorCodes.RequestNotFound);

    private bool IsListed(ModelUser recipient, ModelRequest request) =>
        request.Recipient == recipient && (request.Entry == Entry.Accepted || (request.Entry is Entry.Main or Entry.Filtered && IsOpen(request)));

    private void Ask(ModelRequest request)
    {
        _change.Raise(request.Sender, v => Changed(request, v));

        // Within 30 days of a deletion another request is suppressed, and its sender must not notice.
        var recipient = request.Recipient;
        if (Requests.Exists(r => r.Sender == request.Sender && r.Recipient == recipient && Now < r.DeletedAt + Month))
        {
            request.Entry = Entry.Suppressed;
            return;
        }

        // Beyond what one recipient receives in a day it is filtered; what was filtered does not count.
        var received = Requests.Count(r => r.Recipient == recipient && r.ArrivedIn == Entry.Main && Now < r.SentAt + Day && r.IsFromNewAccount == request.IsFromNewAccount);
        request.Entry = request.ArrivedIn = received < limits.RequestsReceivedPerDay && !IsUnwanted(request) ? Entry.Main : Entry.Filtered;
        (request.HasReached, request.RecipientStamp) = (true, _change.Stamp(recipient));
        _change.Raise(recipient, v => new RequestReceived { Version = v, Request = RequestFor(recipient, request), Badges = BadgesOf(recipient) });
    }

    /// <summary>By the recipient's own settings. The model's words are plain: how words are compared is tested by itself.</summary>
    private bool IsUnwanted(ModelRequest request)
    {
        var (sender, settings) = (request.Sender, request.Recipient.Settings);
        var words = new[] { request.Text, sender.DisplayName, sender.Username }.SelectMany(text => text.Split(' '));
        return settings.HiddenWords!.Intersect(words, StringComparer.OrdinalIgnoreCase).Any() || IsYounger(sender, TimeSpan.FromDays(settings.MinAccountAgeDays));
    }

    private void Cross(ModelRequest request, ModelRequest theirs)
    {
        var (caller, other) = (request.Sender, request.Recipient);
        var chat = Accept(theirs);
        request.Message = Say(chat, caller, request.ClientId, request.Text);
        SetAccepted(request, chat);
        _change.Raise(caller, v => Changed(request, v) with { Conversation = ConversationFor(caller, chat), AcceptedRequest = RequestFor(caller, theirs) });
        _change.Raise(other, v => Accepted(other, theirs, v));
    }

    private void OpenDirectly(ModelRequest request)
    {
        var (caller, other) = (request.Sender, request.Recipient);
        var chat = ChatOf(caller, other) ?? NewChat(caller, other);
        var message = request.Message = Say(chat, caller, request.ClientId, request.Text);
        SetAccepted(request, chat);
        _change.Raise(caller, v => Changed(request, v) with { Conversation = ConversationFor(caller, chat) });
        _change.Raise(other, v => Received(other, message, v, isNew: true));
    }

    /// <summary>The request's text becomes message 1 and counts as seen; an empty chat that there is already is filled.</summary>
    private ModelChat Accept(ModelRequest request)
    {
        var (sender, recipient) = (request.Sender, request.Recipient);
        var chat = ChatOf(sender, recipient) ?? NewChat(sender, recipient);
        request.Message = Say(chat, sender, request.ClientId, request.Text, request.SentAt);
        var reader = chat.Of(recipient);
        (reader.SeenSeq, reader.ShownSeq, reader.SeenAt) = (1, 1, Now);
        SetAccepted(request, chat);
        (request.Entry, request.DeletedAt, request.HasReached, request.RecipientStamp) = (Entry.Accepted, null, true, _change.Stamp(recipient));
        return chat;
    }

    private void SetAccepted(ModelRequest request, ModelChat chat)
    {
        (request.State, request.AcceptedAt, request.Chat) = (RequestState.Accepted, Now, chat);
        request.SenderStamp = _change.Stamp(request.Sender);
    }

    /// <summary>Withdrawn or expired: its recipient gets an event only if the request was visible.</summary>
    private void Close(ModelRequest request, RequestState state)
    {
        (request.State, request.SenderStamp) = (state, _change.Stamp(request.Sender));
        if (state == RequestState.Withdrawn)
            request.WithdrawnAt = Now;
        LeaveRecipient(request);
    }

    /// <summary>Its recipient gets the event if it had reached them, in whichever folder.</summary>
    private void LeaveRecipient(ModelRequest request)
    {
        request.Entry = Entry.None;
        if (!request.HasReached)
            return;
        var recipient = request.Recipient;
        request.RecipientStamp = _change.Stamp(recipient);
        _change.Raise(recipient, v => Removed(recipient, request, v));
    }

    private void TurnDown(ModelRequest request) => (request.Entry, request.DeletedAt, request.RecipientStamp) =
        (request.State == RequestState.Pending ? Entry.Deleted : Entry.None, Now, _change.Stamp(request.Recipient));

    private RequestChanged Changed(ModelRequest request, long version) =>
        new() { Version = version, Request = RequestFor(request.Sender, request), Badges = BadgesOf(request.Sender) };

    private RequestAccepted Accepted(ModelUser user, ModelRequest request, long version) => new()
    {
        Version = version,
        Request = RequestFor(user, request),
        Conversation = ConversationFor(user, request.Chat!),
        Badges = BadgesOf(user),
    };

    private RequestRemoved Removed(ModelUser user, ModelRequest request, long version) =>
        new() { Version = version, RequestId = request.Id, Badges = BadgesOf(user) };

    private int CountedAt(ModelUser user, DateTimeOffset at) => Requests.Count(r => r.Sender == user && r.Counts && at < r.SentAt + Day);

    private int PerDay(ModelUser user, DateTimeOffset at) =>
        at < user.JoinedAt + Day ? Math.Min(limits.RequestsPerDay, limits.NewAccountRequestsPerDay) : limits.RequestsPerDay;

    /// <summary>The pause after a withdrawal and the limits; the wait is until neither stands in the way.</summary>
    private void RefuseOverLimit(ModelUser caller, ModelUser other)
    {
        if (MayAskAt(caller, other, Now))
            return;
        var mine = Requests.Where(r => r.Sender == caller).ToList();
        var free = mine.Select(r => r.SentAt + Day).Concat(mine.Select(r => r.WithdrawnAt + Day ?? Now)).Append(caller.JoinedAt + Day ?? Now)
            .Where(at => at > Now).Order().First(at => MayAskAt(caller, other, at));
        throw new Refused(ErrorCodes.RequestLimitReached, (int)Math.Ceiling((free - Now).TotalSeconds));
    }

    private bool MayAskAt(ModelUser caller, ModelUser other, DateTimeOffset at) =>
        !Requests.Exists(r => r.Sender == caller && r.Recipient == other && at < r.WithdrawnAt + Day) && CountedAt(caller, at) < PerDay(caller, at);
}
