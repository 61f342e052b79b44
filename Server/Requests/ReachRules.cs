using ChatHub.Contracts;
using ChatHub.Server.Changes;
using ChatHub.Server.Conversations;

namespace ChatHub.Server.Requests;

/// <summary>Where the check order ends: the first that matches.</summary>
public enum Reach
{
    Banned,
    OwnMessagingOff,
    Self,
    NotFound,
    YouBlocked,
    /// <summary>A conversation is open.</summary>
    Connected,
    Unavailable,
    /// <summary>Their own request to the caller stands.</summary>
    Crossing,
    /// <summary>The caller's own request waits.</summary>
    Pending,
    /// <summary>The chat opens without asking.</summary>
    Direct,
    NotFollowed,
    /// <summary>A request has to be accepted first.</summary>
    Ask,
}

/// <summary>
/// Who may reach whom: the one check order behind SendRequest, OpenConversation and the message button, so that the
/// three can never disagree. Pure.
/// </summary>
public static class ReachRules
{
    /// <param name="facts">What is stored.</param>
    /// <param name="underAge">The other side is younger than the minimum age.</param>
    /// <param name="now">The instant of the call, in unix milliseconds.</param>
    /// <param name="asking">
    /// A request is being sent: an empty chat that the other side opened then counts as if they followed the caller.
    /// Opening and the button ignore it, because it is invisible.
    /// </param>
    public static Reach Decide(RelationFacts facts, bool underAge, long now, bool asking) =>
        facts.IsBanned ? Reach.Banned
        : facts.OwnPolicy == MessagingPolicy.Nobody ? Reach.OwnMessagingOff
        : facts.IsSelf ? Reach.Self
        : facts.OtherKey is null ? Reach.NotFound
        : facts.YouBlocked ? Reach.YouBlocked
        : facts.IsConnected ? Reach.Connected
        : facts.Standing.PeerUnavailable ? Reach.Unavailable
        : facts.TheirRequestStands(now) ? Reach.Crossing
        : facts.HasPendingRequest(now) ? Reach.Pending
        : OpeningRules.Decide(underAge, facts.FollowsYou || (asking && facts.OpenedByOther), facts.IsVerified, facts.Policy) switch
        {
            Opening.Direct => Reach.Direct,
            Opening.Ask => Reach.Ask,
            Opening.NotFollowed => Reach.NotFollowed,
            _ => Reach.Unavailable,
        };

    /// <summary>What SendRequest answers; null where it goes on: crossing, direct, ask.</summary>
    public static ChatHubException? RefuseRequest(Reach reach, RelationFacts facts) => reach switch
    {
        Reach.Crossing or Reach.Direct or Reach.Ask => null,
        Reach.Connected => Refusals.AlreadyConnected(),
        _ => Refuse(reach, facts),
    };

    /// <summary>What OpenConversation answers; null where it goes on: connected, direct.</summary>
    public static ChatHubException? RefuseOpening(Reach reach, RelationFacts facts) => reach switch
    {
        Reach.Connected or Reach.Direct => null,
        Reach.Crossing or Reach.Ask => Refusals.RequestRequired(),
        _ => Refuse(reach, facts),
    };

    /// <summary>The message button: what OpenConversation would answer, as a state.</summary>
    public static MessageButton Button(Reach reach, RelationFacts facts) => reach switch
    {
        Reach.Connected => new() { State = ButtonState.Message, ConversationId = facts.ConversationId },
        Reach.Direct => new() { State = ButtonState.Message },
        Reach.Crossing when facts.TheirRequestInFolder => new() { State = ButtonState.Respond, RequestId = facts.TheirRequestId },
        Reach.Crossing or Reach.Ask => new() { State = ButtonState.Request },
        Reach.Pending => new() { State = ButtonState.Pending, RequestId = facts.OwnRequestId },
        Reach.NotFollowed => new() { State = ButtonState.Notice, Notice = Refusals.NotFollowedSentence },
        _ => new() { State = ButtonState.Hidden },
    };

    private static ChatHubException Refuse(Reach reach, RelationFacts facts) => reach switch
    {
        Reach.Banned => Refusals.Banned(facts.Standing.BannedUntil),
        Reach.OwnMessagingOff => Refusals.OwnMessagingOff(),
        Reach.Self => Refusals.Self(),
        Reach.NotFound => Refusals.UserNotFound(),
        Reach.YouBlocked => Refusals.YouBlocked(),
        Reach.Pending => Refusals.RequestPending(),
        Reach.NotFollowed => Refusals.NotFollowed(),
        _ => Refusals.Unavailable(),
    };
}
