using ChatHub.Contracts;
using ChatHub.Server.Requests;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>The check order: each condition takes precedence over every later one.</summary>
public sealed class ContactPolicyTests
{
    private const long Now = 1_000;
    private const long Later = 2_000;

    private sealed record Case(RelationFacts Facts, bool UnderAge = false);

    /// <summary>One step of the order: what makes it match, and what it leads to.</summary>
    private sealed record Step(string Name, ContactDecision Decision, Func<Case, Case> Apply);

    private static readonly RelationFacts Strangers = new() { OtherKey = 2, OtherId = "other" };

    private static readonly Step[] Order =
    [
        Fact("banned", ContactDecision.Banned, f => f with { IsBanned = true }),
        Fact("own messaging off", ContactDecision.OwnMessagingOff, f => f with { OwnPolicy = MessagingPolicy.Nobody }),
        Fact("self", ContactDecision.Self, f => f with { IsSelf = true }),
        Fact("no such user", ContactDecision.NotFound, f => f with { OtherKey = null }),
        Fact("caller blocks", ContactDecision.YouBlocked, f => f with { YouBlocked = true }),
        Fact("connected", ContactDecision.Connected, f => f with { ConversationKey = 1, ConversationId = "c", ConversationVisible = true, LastSeq = 1 }),
        Fact("own request open", ContactDecision.Pending, f => f with { OwnRequestKey = 1, OwnRequestId = "r", OwnRequestExpiresAt = Later }),
        Fact("blocked by them", ContactDecision.Unavailable, f => f with { BlocksYou = true }),
        Fact("their messaging off", ContactDecision.Unavailable, f => f with { Policy = MessagingPolicy.Nobody }),
        Fact("removed", ContactDecision.Unavailable, f => f with { IsRemoved = true }),
        Fact("their request stands", ContactDecision.Crossing, f => f with { TheirRequestKey = 1, TheirRequestId = "r", TheirRequestExpiresAt = Later }),
        new("under age", ContactDecision.Unavailable, c => c with { UnderAge = true }),
        Fact("they follow", ContactDecision.Direct, f => f with { FollowsYou = true }),
        Fact("verified", ContactDecision.Unavailable, f => f with { IsVerified = true }),
        Fact("policy following", ContactDecision.NotFollowed, f => f with { Policy = MessagingPolicy.Following }),
    ];

    public static TheoryData<int, int> Pairs()
    {
        var pairs = new TheoryData<int, int>();
        for (var earlier = 0; earlier < Order.Length; earlier++)
        {
            for (var later = earlier; later < Order.Length; later++)
                pairs.Add(earlier, later);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_earlier_condition_answers(int earlier, int later)
    {
        // The earlier one is applied last, so that where both set the same fact its value stands.
        var facts = Order[earlier].Apply(Order[later].Apply(new(Strangers)));

        Assert.Equal((Order[earlier].Name, Order[earlier].Decision), (Order[earlier].Name, Decide(facts)));
    }

    [Fact]
    public void A_stranger_is_asked_for_a_request() => Assert.Equal(ContactDecision.Ask, Decide(new(Strangers)));

    [Fact]
    public void A_request_whose_time_is_over_neither_crosses_nor_waits()
    {
        var over = Strangers with { OwnRequestKey = 1, OwnRequestExpiresAt = Now, TheirRequestKey = 2, TheirRequestExpiresAt = Now };

        Assert.Equal(ContactDecision.Ask, Decide(new(over)));
    }

    [Fact]
    public void An_empty_chat_that_they_opened_is_nothing()
    {
        var opened = Strangers with { ConversationKey = 1, ConversationId = "c", ConversationVisible = false };

        Assert.Equal(ContactDecision.Ask, Decide(new(opened)));
        Assert.Equal(ContactDecision.Direct, Decide(new(opened with { FollowsYou = true })));
    }

    [Fact]
    public void The_own_empty_chat_is_open_but_while_their_request_stands()
    {
        var opened = Strangers with { ConversationKey = 1, ConversationId = "c", ConversationVisible = true };
        var asked = opened with { TheirRequestKey = 1, TheirRequestExpiresAt = Later };

        Assert.Equal(ContactDecision.Connected, Decide(new(opened)));
        Assert.Equal(ContactDecision.Crossing, Decide(new(asked)));
        Assert.Equal(ContactDecision.Connected, Decide(new(asked with { TheirRequestExpiresAt = Now })));
        Assert.Equal(ContactDecision.Connected, Decide(new(asked with { LastSeq = 1 })));
    }

    [Theory]
    [InlineData(ContactDecision.Banned, ErrorCodes.MessagingBanned, ErrorCodes.MessagingBanned, ButtonState.Hidden)]
    [InlineData(ContactDecision.OwnMessagingOff, ErrorCodes.MessagingDisabled, ErrorCodes.MessagingDisabled, ButtonState.Hidden)]
    [InlineData(ContactDecision.Self, ErrorCodes.CannotMessageSelf, ErrorCodes.CannotMessageSelf, ButtonState.Hidden)]
    [InlineData(ContactDecision.NotFound, ErrorCodes.UserNotFound, ErrorCodes.UserNotFound, ButtonState.Hidden)]
    [InlineData(ContactDecision.YouBlocked, ErrorCodes.YouBlockedUser, ErrorCodes.YouBlockedUser, ButtonState.Hidden)]
    [InlineData(ContactDecision.Connected, ErrorCodes.AlreadyConnected, null, ButtonState.Message)]
    [InlineData(ContactDecision.Unavailable, ErrorCodes.MessagingUnavailable, ErrorCodes.MessagingUnavailable, ButtonState.Hidden)]
    [InlineData(ContactDecision.Crossing, null, ErrorCodes.RequestRequired, ButtonState.Request)]
    [InlineData(ContactDecision.Pending, ErrorCodes.RequestPending, ErrorCodes.RequestPending, ButtonState.Pending)]
    [InlineData(ContactDecision.Direct, null, null, ButtonState.Message)]
    [InlineData(ContactDecision.NotFollowed, ErrorCodes.NotFollowed, ErrorCodes.NotFollowed, ButtonState.Notice)]
    [InlineData(ContactDecision.Ask, null, ErrorCodes.RequestRequired, ButtonState.Request)]
    public void Each_end_of_the_order_has_its_two_answers_and_its_button(ContactDecision reach, string? request, string? opening, ButtonState button)
    {
        Assert.Equal(request, ContactPolicy.RefuseRequest(reach, Strangers)?.Code);
        Assert.Equal(opening, ContactPolicy.RefuseOpening(reach, Strangers)?.Code);
        Assert.Equal(button, ContactPolicy.Button(reach, Strangers).State);
    }

    [Fact]
    public void The_button_shows_respond_only_while_their_request_is_in_a_folder_of_waiting_ones()
    {
        var waiting = Strangers with { TheirRequestKey = 1, TheirRequestId = "theirs", TheirRequestEntry = RequestEntry.Main };

        Assert.Equal(new() { State = ButtonState.Respond, RequestId = "theirs" }, ContactPolicy.Button(ContactDecision.Crossing, waiting));
        Assert.Equal(ButtonState.Respond, ContactPolicy.Button(ContactDecision.Crossing, waiting with { TheirRequestEntry = RequestEntry.Filtered }).State);
        foreach (var hidden in (RequestEntry[])[RequestEntry.Deleted, RequestEntry.Suppressed])
            Assert.Equal(new() { State = ButtonState.Request }, ContactPolicy.Button(ContactDecision.Crossing, waiting with { TheirRequestEntry = hidden }));
    }

    [Fact]
    public void The_button_names_the_chat_the_own_request_and_the_notice()
    {
        var facts = Strangers with { ConversationKey = 1, ConversationId = "c", OwnRequestId = "own" };

        Assert.Equal("c", ContactPolicy.Button(ContactDecision.Connected, facts).ConversationId);
        Assert.Equal("own", ContactPolicy.Button(ContactDecision.Pending, facts).RequestId);
        Assert.Equal("Messages cannot be sent since this user isn’t following you.", ContactPolicy.Button(ContactDecision.NotFollowed, facts).Notice);
    }

    private static ContactDecision Decide(Case c) => ContactPolicy.Decide(c.Facts, c.UnderAge, Now);

    private static Step Fact(string name, ContactDecision reach, Func<RelationFacts, RelationFacts> apply) =>
        new(name, reach, c => c with { Facts = apply(c.Facts) });
}
