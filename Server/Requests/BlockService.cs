using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Block and Unblock. Nothing of it reaches the blocked side but the removal of the blocker's own request, which looks
/// like any withdrawal.
/// </summary>
public sealed class BlockService(
    RequestCommandRunner runner,
    RelationStore relations,
    RequestStore requests,
    RequestCloser closer,
    BlockStore blocks,
    MessageStore messages,
    ChatOpener opener,
    RequestFunnel funnel)
{
    public Task<BlockChanged> BlockAsync(Caller caller, UserInput input, CancellationToken cancellation) =>
        RunAsync(caller, input, wanted: true, cancellation);

    public Task<BlockChanged> UnblockAsync(Caller caller, UserInput input, CancellationToken cancellation) =>
        RunAsync(caller, input, wanted: false, cancellation);

    private Task<BlockChanged> RunAsync(Caller caller, UserInput input, bool wanted, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var id = Arguments.Id(input.UserId, "userId");
        if (id == caller.User.Id)
            throw Errors.InvalidArgument("userId must be somebody else's: nobody blocks themselves.");

        return runner.RunAsync<BlockChanged>(caller, LockScope.OfUser(id), change => ChangeAsync(change, caller, id, wanted), cancellation);
    }

    /// <summary>Within a change that also does something else (a report), which holds both users.</summary>
    internal async Task<RequestOutcome<BlockChanged>> ChangeAsync(Change change, Caller caller, string userId, bool wanted)
    {
        var facts = await relations.ReadAsync(change.Session, caller.Key, userId, change.NowMs);
        // A removed account is still a user: the chat with it can be blocked like any other.
        if (facts.OtherKey is null)
            throw Errors.UserNotFound();
        if (facts.YouBlocked == wanted)
            return await ChangedAsync(change, caller, facts, await change.PeekAsync(caller.Key), wanted) with { Version = 0 };
        if (!wanted)
            return await UnblockAsync(change, caller, facts);
        if (facts.DueRequestKey(change.NowMs) is { } expired)
            return new ExpiredRequest(expired);
        return await BlockAsync(change, caller, facts);
    }

    private async Task<BlockChanged> BlockAsync(Change change, Caller caller, RelationFacts facts)
    {
        var other = facts.Other;
        var own = facts.OwnRequestKey is { } sent ? await requests.ByKeyAsync(change.Session, sent) : null;
        var theirs = facts.TheirRequestInFolder ? await requests.ByKeyAsync(change.Session, facts.TheirRequestKey!.Value) : null;

        var removal = RequestRules.Badges(theirs?.Entry, -1);
        var mine = own is null
            ? await change.NextVersionAsync(caller.Key, removal)
            : await closer.CloseAsync(change, own, RequestState.Withdrawn, removal);
        await blocks.AddAsync(change.Session, caller.Key, other.Key, change.NowMs);
        if (theirs is not null)
        {
            await requests.DeleteAsync(change.Session, theirs.RequestKey, RequestEntry.Deleted, mine.Version, change.NowMs);
            funnel.Count(change, RequestStage.Deleted);
        }

        var withdrawn = own is null ? null : own with { State = RequestState.Withdrawn };
        var shown = await ChangedAsync(change, caller, facts, mine, youBlocked: true);
        return change.Raise(caller.User, shown with
        {
            WithdrawnRequest = withdrawn?.ToContract(caller.Key, change.NowMs),
            RemovedRequestIds = theirs is null ? [] : [theirs.RequestId],
        });
    }

    private async Task<BlockChanged> UnblockAsync(Change change, Caller caller, RelationFacts facts)
    {
        var mine = await change.NextVersionAsync(caller.Key);
        await blocks.RemoveAsync(change.Session, caller.Key, facts.Other.Key);
        return change.Raise(caller.User, await ChangedAsync(change, caller, facts, mine, youBlocked: false));
    }

    /// <summary>The block and the conversation under it, as they now are; a change stamps the conversation.</summary>
    private async Task<BlockChanged> ChangedAsync(Change change, Caller caller, RelationFacts facts, Inbox mine, bool youBlocked)
    {
        Conversation? conversation = null;
        if (facts.HasConversation)
        {
            var key = facts.ConversationKey!.Value;
            if (facts.YouBlocked != youBlocked)
                await messages.NextVersionAsync(change.Session, caller.Key, key, mine.Version);
            conversation = await opener.ViewAsync(change, key, caller.User);
        }

        return new()
        {
            Version = mine.Version,
            UserId = facts.OtherId,
            YouBlocked = youBlocked,
            Conversation = conversation,
            RemovedRequestIds = [],
            Badges = mine.Badges(),
        };
    }
}
