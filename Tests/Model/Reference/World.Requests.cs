using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>The life of a request.</summary>
internal sealed partial class World
{
    public object? SendRequest(ModelUser caller, SendRequestInput input)
    {
        var text = Trimmed(input.Text, 1, 500);
        var target = $"request|{input.RecipientId}";
        if (FirstUse(caller, input.ClientId!, target, text) is { } key)
            return RepeatedRequest(caller, key);

        var other = Find(input.RecipientId);
        var way = WayTo(caller, other, asking: true);
        if (way is not (Way.Crossing or Way.Direct or Way.Ask))
            throw new Refused(CodeOf(way));
        if (way == Way.Ask)
            RefuseOverLimit(caller);

        var request = new ModelRequest($"{Placeholder}request:{Requests.Count}", caller, other!, text, input.ClientId!, Now) { Counts = way == Way.Ask };
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

    public object? GetRequest(ModelUser caller, RequestInput input) => RequestFor(caller, Readable(caller, input.RequestId));

    public object? AcceptRequest(ModelUser caller, RequestInput input)
    {
        var request = Requests.Find(r => r.Id == input.RequestId && r.Recipient == caller && r.Entry is not (Entry.Never or Entry.Deleted))
            ?? throw new Refused(ErrorCodes.RequestNotFound);
        if (request.State == RequestState.Accepted)
            return Accepted(caller, request, 0);
        if (!IsOpen(request))
            throw new Refused(ErrorCodes.RequestClosed);
        RefuseWriting(caller, request.Sender);

        Accept(request);
        _change.Raise(request.Sender, v => Accepted(request.Sender, request, v));
        _change.Raise(caller, v => Accepted(caller, request, v));
        return null;
    }

    public object? DeleteRequest(ModelUser caller, RequestInput input)
    {
        var request = Requests.Find(r => r.Id == input.RequestId && r.Recipient == caller && r.Entry != Entry.Never)
            ?? throw new Refused(ErrorCodes.RequestNotFound);
        if (request.Entry == Entry.Deleted)
            return Removed(caller, request, 0);
        if (request.Entry == Entry.Gone)
        {
            // Nothing shows it any more, but it is turned down all the same.
            caller.TurnedDown[request.Sender] = Now;
            request.Entry = Entry.Deleted;
            return Removed(caller, request, 0);
        }

        if (request.Entry == Entry.InFolder)
            TurnDown(request);
        else
            (request.Entry, request.RecipientStamp) = (Entry.Deleted, _change.Stamp(caller));
        _change.Raise(caller, v => Removed(caller, request, v));
        return null;
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
        Requests.Find(r => r.Id == requestId && (r.Sender == user || IsListed(user, r))) ?? throw new Refused(ErrorCodes.RequestNotFound);

    private bool IsListed(ModelUser recipient, ModelRequest request) =>
        request.Recipient == recipient && (request.Entry == Entry.Accepted || (request.Entry == Entry.InFolder && IsOpen(request)));

    private void Ask(ModelRequest request)
    {
        _change.Raise(request.Sender, v => Changed(request, v));

        // Within 30 days of a deletion another request is suppressed, and its sender must not notice.
        var recipient = request.Recipient;
        if (recipient.TurnedDown.TryGetValue(request.Sender, out var at) && Now < at + ModelRequest.Life)
            return;
        (request.Entry, request.RecipientStamp) = (Entry.InFolder, _change.Stamp(recipient));
        _change.Raise(recipient, v => new RequestReceived { Version = v, Request = RequestFor(recipient, request), Badges = BadgesOf(recipient) });
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
        _change.Raise(other, v => Received(other, message, v));
    }

    /// <summary>The request's text becomes message 1 and counts as seen.</summary>
    private ModelChat Accept(ModelRequest request)
    {
        var (sender, recipient) = (request.Sender, request.Recipient);
        var chat = NewChat(sender, recipient);
        request.Message = Say(chat, sender, request.ClientId, request.Text, request.SentAt);
        var reader = chat.Of(recipient);
        (reader.SeenSeq, reader.ShownSeq, reader.SeenAt) = (1, 1, Now);
        SetAccepted(request, chat);
        (request.Entry, request.RecipientStamp) = (Entry.Accepted, _change.Stamp(recipient));
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
        if (request.Entry != Entry.InFolder)
            return;
        var recipient = request.Recipient;
        (request.Entry, request.RecipientStamp) = (Entry.Gone, _change.Stamp(recipient));
        _change.Raise(recipient, v => Removed(recipient, request, v));
    }

    private void TurnDown(ModelRequest request)
    {
        (request.Entry, request.RecipientStamp) = (Entry.Deleted, _change.Stamp(request.Recipient));
        request.Recipient.TurnedDown[request.Sender] = Now;
    }

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

    private IEnumerable<ModelRequest> CountedToday(ModelUser user) =>
        Requests.Where(r => r.Sender == user && r.Counts && r.SentAt + TimeSpan.FromDays(1) > Now);

    private void RefuseOverLimit(ModelUser caller)
    {
        var counted = CountedToday(caller).ToList();
        if (counted.Count >= requestsPerDay)
            throw new Refused(ErrorCodes.RequestLimitReached, (int)Math.Ceiling((counted[0].SentAt + TimeSpan.FromDays(1) - Now).TotalSeconds));
    }
}
