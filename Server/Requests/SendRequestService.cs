using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Conversations.Idempotency;
using ChatHub.Server.Embedding;
using ChatHub.Server.Outbox;
using ChatHub.Server.Requests.Hooks;
using ChatHub.Server.Safety;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Requests;

/// <summary>SendRequest: asks, accepts a crossing request, or opens the chat at once.</summary>
public sealed class SendRequestService(
    RelationStore relations,
    RequestStore requests,
    IdempotencyStore keys,
    ChatOpener opener,
    RequestAllowance allowance,
    RequestSorter sorter,
    RequestCommandRunner runner,
    AgeGate ages,
    OutboxWriter outbox,
    RequestFunnel funnel,
    IOptions<MessagingOptions> options)
{
    private readonly record struct Draft(string Text, string ClientId);

    public Task<RequestChanged> SendAsync(Caller caller, SendRequestInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var recipientId = Arguments.Id(input.RecipientId, "recipientId");
        var draft = new Draft(
            Arguments.Text(input.Text, "text", 1, options.Value.RequestMaxLength), Arguments.ClientId(input.ClientId));

        return runner.RunAsync<RequestChanged>(new Contact(caller, recipientId, draft.Text), Send, cancellation);

        async Task<RequestOutcome<RequestChanged>> Send(Change change, HookResults hooks)
        {
            if (await keys.FindAsync(change.Session, caller.Key, draft.ClientId, change.NowMs) is { } first)
                return await RepeatAsync(change, caller, first, recipientId, draft.Text);
            var facts = await relations.ReadAsync(change.Session, caller.Key, recipientId, change.NowMs);
            var decision = ContactPolicy.Decide(facts, ages.IsUnderAge(facts.BirthDate, facts.OtherId, change.Now), change.NowMs);
            if (HookRules.Missing(decision, hooks) is var missing and not Hook.None)
                return missing;
            decision = HookRules.Apply(decision, hooks);
            if (ContactPolicy.RefuseRequest(decision, facts) is { } refusal)
                throw refusal;
            if (decision == ContactDecision.Crossing)
                return await CrossAsync(change, caller, facts, draft);
            if (decision == ContactDecision.Direct)
                return await OpenAsync(change, caller, facts, draft);
            if (facts.OwnRequestKey is { } expired)
                return new ExpiredRequest(expired);
            return await AskAsync(change, caller, facts, draft, hooks.Verdict == ContactVerdict.Filtered);
        }
    }

    private async Task<RequestChanged> AskAsync(Change change, Caller caller, RelationFacts facts, Draft draft, bool isFilteredByHost)
    {
        await allowance.RequireAsync(change, caller.Key, facts);
        var entry = await sorter.SortAsync(change, caller.Key, facts, draft.Text, isFilteredByHost);

        Inbox? theirs = null;
        Inbox mine;
        if (entry == RequestEntry.Suppressed)
        {
            mine = await change.NextVersionAsync(caller.Key);
            await change.RewriteAsync(facts.Other.Key);
        }
        else
        {
            (mine, theirs) = await change.NextVersionAsync(caller.Key, default, facts.Other.Key, RequestRules.Badges(entry, 1));
        }

        var row = await WriteAsync(change, caller, facts, draft, request => request with
        {
            State = RequestState.Pending,
            Counted = true,
            Entry = entry,
            IsFromNewAccount = AccountAge.IsYounger(facts.OwnJoinedAt, AccountAge.Month, change.Now),
            SenderVersion = mine.Version,
            RecipientVersion = theirs?.Version ?? 0,
        });
        funnel.Count(change, RequestStage.Sent);
        if (entry == RequestEntry.Filtered)
            funnel.Count(change, RequestStage.Filtered);
        await outbox.AddAsync(change, new(OutboxEventType.RequestReceived, facts.Other.Key)
        {
            Peer = caller.Key,
            Request = row.RequestKey,
            Folder = RequestRules.Folder(entry),
            HasPush = facts.PushCount > 0,
        });
        if (theirs is not null)
        {
            change.Raise(facts.Other, new RequestReceived
            {
                Version = theirs.Version,
                Request = row.ToContract(facts.Other.Key, change.NowMs),
                Badges = theirs.Badges(),
            });
        }

        return change.Raise(caller.User, Changed(row, caller, mine, change.NowMs));
    }

    /// <summary>They follow the caller: the text is message 1, unread, and nothing is counted.</summary>
    private async Task<RequestChanged> OpenAsync(Change change, Caller caller, RelationFacts facts, Draft draft)
    {
        var other = facts.Other;
        var (mine, theirs) = await change.NextVersionAsync(
            caller.Key, default, other.Key, new(UnreadConversations: 1, UnreadMessages: 1));
        var conversation = await opener.EnsureAsync(change, caller.Key, other.Key, facts.ConversationKey);
        var message = await opener.WriteAsync(
            change, conversation, Message(change, caller, facts, draft), seq: 1, mine.Version, theirs.Version);
        var row = await WriteOpenedAsync(change, caller, facts, draft, conversation, mine);
        await outbox.AddAsync(change, new(OutboxEventType.MessageReceived, other.Key)
        {
            Peer = caller.Key,
            Conversation = conversation,
            Seq = message.Seq,
            HasPush = facts.PushCount > 0,
        });

        var theirView = await opener.ViewAsync(change, conversation, other);
        change.Raise(other, new MessageReceived
        {
            Version = theirs.Version,
            Message = message.ToContract(theirView.ConversationId, other, caller.User, 0, 0),
            Conversation = theirView,
            UnreadCount = theirView.UnreadCount,
            Badges = theirs.Badges(),
        });
        return change.Raise(caller.User, Changed(row, caller, mine, change.NowMs) with
        {
            Conversation = await opener.ViewAsync(change, conversation, caller.User),
        });
    }

    /// <summary>Their own request stands: it is accepted. The older text is message 1 (seen), the newer message 2 (unread).</summary>
    private async Task<RequestChanged> CrossAsync(Change change, Caller caller, RelationFacts facts, Draft draft)
    {
        var other = facts.Other;
        var older = await requests.ByKeyAsync(change.Session, facts.TheirRequestKey!.Value)
            ?? throw Errors.RequestNotFound();
        var (mine, theirs) = await change.NextVersionAsync(
            caller.Key, RequestRules.Badges(older.Entry, -1), other.Key, new(UnreadConversations: 1, UnreadMessages: 1));
        var conversation = await opener.EnsureAsync(change, caller.Key, other.Key, facts.ConversationKey);
        await opener.AcceptAsync(change, conversation, older, theirs.Version, mine.Version);
        await requests.AcceptAsync(change.Session, older.RequestKey, conversation, theirs.Version, mine.Version, change.NowMs);
        funnel.Count(change, RequestStage.Accepted);
        await opener.WriteAsync(
            change, conversation, Message(change, caller, facts, draft), seq: 2, mine.Version, theirs.Version);
        var row = await WriteOpenedAsync(change, caller, facts, draft, conversation, mine);

        await outbox.AddAsync(change, new(OutboxEventType.RequestAccepted, other.Key)
        {
            Peer = caller.Key,
            Request = older.RequestKey,
            Conversation = conversation,
            HasPush = facts.PushCount > 0,
        });

        var accepted = (await requests.ByKeyAsync(change.Session, older.RequestKey))!;
        change.Raise(other, new RequestAccepted
        {
            Version = theirs.Version,
            Request = accepted.ToContract(other.Key, change.NowMs),
            Conversation = await opener.ViewAsync(change, conversation, other),
            Badges = theirs.Badges(),
        });
        return change.Raise(caller.User, Changed(row, caller, mine, change.NowMs) with
        {
            Conversation = await opener.ViewAsync(change, conversation, caller.User),
            AcceptedRequest = accepted.ToContract(caller.Key, change.NowMs),
        });
    }

    private Task<RequestRow> WriteOpenedAsync(
        Change change, Caller caller, RelationFacts facts, Draft draft, long conversation, Inbox mine) =>
        WriteAsync(change, caller, facts, draft, request => request with
        {
            State = RequestState.Accepted,
            Counted = false,
            AcceptedAt = change.NowMs,
            ConversationKey = conversation,
            SenderVersion = mine.Version,
        });

    private async Task<RequestRow> WriteAsync(
        Change change, Caller caller, RelationFacts facts, Draft draft, Func<NewRequest, NewRequest> complete)
    {
        var key = await requests.InsertAsync(change.Session, complete(new NewRequest
        {
            RequestId = Ids.New(),
            SenderKey = caller.Key,
            RecipientKey = facts.Other.Key,
            ClientId = draft.ClientId,
            Text = draft.Text,
            SentAt = change.NowMs,
            ExpiresAt = (change.Now + options.Value.RequestLifetime).ToUnixTimeMilliseconds(),
            State = RequestState.Pending,
            Counted = false,
            SenderVersion = 0,
        }));
        await keys.AddRequestAsync(change.Session, caller.Key, draft.ClientId, key, change.NowMs);
        return (await requests.ByKeyAsync(change.Session, key))!;
    }

    private static FirstMessage Message(Change change, Caller caller, RelationFacts facts, Draft draft) =>
        new(caller.Key, facts.Other.Key, draft.ClientId, draft.Text, change.NowMs);

    private static RequestChanged Changed(RequestRow row, Caller caller, Inbox inbox, long now) => new()
    {
        Version = inbox.Version,
        Request = row.ToContract(caller.Key, now),
        Badges = inbox.Badges(),
    };

    private async Task<RequestChanged> RepeatAsync(
        Change change, Caller caller, IdempotencyRow first, string recipientId, string text)
    {
        var row = first.RequestKey is { } key ? await requests.ByKeyAsync(change.Session, key) : null;
        if (row is null || row.RecipientId != recipientId || (row.Text != text && !row.TextChanged))
            throw Errors.Conflict();
        var answer = Changed(row, caller, await change.PeekAsync(caller.Key), change.NowMs) with { Version = 0 };
        if (row.ConversationKey is not { } conversation)
            return answer;
        var crossed = await requests.AcceptedIntoAsync(change.Session, caller.Key, conversation);
        return answer with
        {
            Conversation = await opener.ViewAsync(change, conversation, caller.User),
            AcceptedRequest = crossed?.ToContract(caller.Key, change.NowMs),
        };
    }
}
