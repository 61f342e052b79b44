using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Outbox;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>AcceptRequest: opens the chat, whose message 1 is the request's text, and notifies the sender.</summary>
public sealed class AcceptRequestService(
    RequestCommandRunner runner, RequestStore requests, RelationStore relations, ChatOpener opener, OutboxWriter outbox,
    RequestFunnel funnel)
{
    public Task<RequestAccepted> AcceptAsync(Caller caller, RequestInput input, CancellationToken cancellation) =>
        runner.RunAsync(caller, input, async (change, request) => RequestRules.Accept(request, caller.Key) switch
        {
            RequestTransition.Apply => await AcceptAsync(change, caller, request),
            RequestTransition.AlreadyApplied => await RepeatAsync(change, caller, request),
            var transition => throw RequestRules.Error(transition),
        }, cancellation);

    private async Task<RequestAccepted> AcceptAsync(Change change, Caller caller, RequestRow request)
    {
        var facts = await relations.ReadAsync(change.Session, caller.Key, request.SenderId, change.NowMs);
        if (facts.Restrictions.Refusal() is { } refusal)
            throw refusal;

        var (mine, theirs) = await change.NextVersionAsync(
            caller.Key, RequestRules.Badges(request.Entry, -1), request.SenderKey, default);
        var conversation = await opener.EnsureAsync(change, caller.Key, request.SenderKey, facts.ConversationKey);
        await opener.AcceptAsync(change, conversation, request, theirs.Version, mine.Version);
        await requests.AcceptAsync(
            change.Session, request.RequestKey, conversation, theirs.Version, mine.Version, change.NowMs);
        funnel.Count(change, RequestStage.Accepted);

        await outbox.AddAsync(change, new(OutboxEventType.RequestAccepted, request.SenderKey)
        {
            Peer = caller.Key,
            Request = request.RequestKey,
            Conversation = conversation,
            HasPush = facts.PushCount > 0,
        });

        var accepted = (await requests.ByKeyAsync(change.Session, request.RequestKey))!;
        change.Raise(request.Sender, await AcceptedAsync(change, accepted, conversation, request.Sender, theirs));
        return change.Raise(caller.User, await AcceptedAsync(change, accepted, conversation, caller.User, mine));
    }

    private async Task<RequestAccepted> RepeatAsync(Change change, Caller caller, RequestRow request)
    {
        var inbox = await change.PeekAsync(caller.Key);
        return await AcceptedAsync(change, request, request.ConversationKey!.Value, caller.User, inbox) with { Version = 0 };
    }

    private async Task<RequestAccepted> AcceptedAsync(
        Change change, RequestRow request, long conversation, UserRef viewer, Inbox inbox) => new()
        {
            Version = inbox.Version,
            Request = request.ToContract(viewer.Key, change.NowMs),
            Conversation = await opener.ViewAsync(change, conversation, viewer),
            Badges = inbox.Badges(),
        };
}
