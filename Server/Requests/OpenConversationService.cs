using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;
using ChatHub.Server.Requests.Hooks;

namespace ChatHub.Server.Requests;

/// <summary>OpenConversation: the open one, or a new one where none needs asking.</summary>
public sealed class OpenConversationService(
    RequestCommandRunner runner, RelationStore relations, ChatOpener opener, AgeGate ages)
{
    public Task<ConversationChanged> OpenAsync(Caller caller, UserInput input, CancellationToken cancellation)
    {
        Arguments.Required(input, "the argument");
        var otherId = Arguments.Id(input.UserId, "userId");
        return runner.RunAsync<ConversationChanged>(new Contact(caller, otherId, Text: null), Open, cancellation);

        async Task<RequestOutcome<ConversationChanged>> Open(Change change, HookResults hooks)
        {
            var facts = await relations.ReadAsync(change.Session, caller.Key, otherId, change.NowMs);
            var decision = ContactPolicy.Decide(facts, ages.IsUnderAge(facts.BirthDate, facts.OtherId, change.Now), change.NowMs);
            if (HookRules.Missing(decision, hooks) is var missing and not Hook.None)
                return missing;
            if (ContactPolicy.RefuseOpening(HookRules.Apply(decision, hooks), facts) is { } refusal)
                throw refusal;
            if (decision == ContactDecision.Connected)
                return await ChangedAsync(change, caller, facts.ConversationKey!.Value, await change.PeekAsync(caller.Key)) with { Version = 0 };

            var mine = await change.NextVersionAsync(caller.Key);
            var conversation = await opener.EnsureAsync(change, caller.Key, facts.Other.Key, facts.ConversationKey);
            await opener.RevealAsync(change, caller.Key, conversation, mine.Version);
            return change.Raise(caller.User, await ChangedAsync(change, caller, conversation, mine));
        }
    }

    private async Task<ConversationChanged> ChangedAsync(Change change, Caller caller, long conversation, Inbox inbox) => new()
    {
        Version = inbox.Version,
        Conversation = await opener.ViewAsync(change, conversation, caller.User),
        Badges = inbox.Badges(),
    };
}
