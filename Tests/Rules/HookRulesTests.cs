using ChatHub.Server.Embedding;
using ChatHub.Server.Requests;
using ChatHub.Server.Requests.Hooks;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>The place of the host's hooks in the check order, over every decision.</summary>
public sealed class HookRulesTests
{
    private static readonly HookResults Complete = new() { IsDirectoryRead = true, Verdict = ContactVerdict.Allow };

    public static TheoryData<ContactDecision> Decisions() => [.. Enum.GetValues<ContactDecision>()];

    [Theory]
    [MemberData(nameof(Decisions))]
    public void Without_hooks_nothing_is_missing_and_every_decision_stands(ContactDecision decision)
    {
        Assert.Equal(Hook.None, HookRules.Missing(decision, Complete));
        Assert.Equal(decision, HookRules.Apply(decision, Complete));
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void The_policy_is_asked_where_a_request_would_be_let_through_and_nowhere_else(ContactDecision decision) =>
        Assert.Equal(
            decision == ContactDecision.Ask ? Hook.Policy : Hook.None,
            HookRules.Missing(decision, Complete with { Verdict = null }));

    [Theory]
    [MemberData(nameof(Decisions))]
    public void The_directory_is_asked_only_where_the_decision_depends_on_what_it_says_of_the_users(ContactDecision decision)
    {
        ContactDecision[] others =
        [
            ContactDecision.Banned, ContactDecision.OwnMessagingOff, ContactDecision.Self, ContactDecision.YouBlocked,
            ContactDecision.Connected, ContactDecision.Pending, ContactDecision.Crossing,
        ];
        Assert.Equal(others.Contains(decision) ? Hook.None : Hook.Directory, HookRules.Missing(decision, new HookResults()));
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void A_verdict_changes_nothing_but_an_Ask(ContactDecision decision)
    {
        foreach (var verdict in (ContactVerdict[])[ContactVerdict.Refuse, (ContactVerdict)7, (ContactVerdict)(-1)])
        {
            var expected = decision == ContactDecision.Ask ? ContactDecision.Unavailable : decision;
            Assert.Equal(expected, HookRules.Apply(decision, Complete with { Verdict = verdict }));
        }

        Assert.Equal(decision, HookRules.Apply(decision, Complete with { Verdict = ContactVerdict.Filtered }));
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void A_directory_that_is_away_makes_what_depends_on_it_unavailable_and_the_policy_is_not_asked(ContactDecision decision)
    {
        var away = new HookResults { IsDirectoryRead = true, IsDirectoryAway = true };
        Assert.Equal(Hook.None, HookRules.Missing(decision, away));
        Assert.Equal(
            decision is ContactDecision.Ask or ContactDecision.NotFound ? ContactDecision.Unavailable : decision, HookRules.Apply(decision, away));
    }
}
