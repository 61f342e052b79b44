using ChatHub.Contracts;
using ChatHub.Server.Conversations;

namespace ChatHub.Server.Requests;

/// <summary>
/// Who may contact whom: the one check order behind SendRequest, OpenConversation and the message button, so that the
/// three can never disagree. Pure.
/// </summary>
public static class ContactPolicy
{
    /// <param name="facts">What is stored.</param>
    /// <param name="underAge">The other side is younger than the minimum age.</param>
    /// <param name="now">The instant of the call, in unix milliseconds.</param>
    public static ContactDecision Decide(RelationFacts facts, bool underAge, long now) =>
        facts.IsBanned ? ContactDecision.Banned
        : facts.OwnPolicy == MessagingPolicy.Nobody ? ContactDecision.OwnMessagingOff
        : facts.IsSelf ? ContactDecision.Self
        : facts.OtherKey is null ? ContactDecision.NotFound
        : facts.YouBlocked ? ContactDecision.YouBlocked
        : facts.IsConnected(now) ? ContactDecision.Connected
        : facts.HasPendingRequest(now) ? ContactDecision.Pending
        : facts.Restrictions.PeerUnavailable ? ContactDecision.Unavailable
        : facts.TheirRequestStands(now) ? ContactDecision.Crossing
        : PrivacyPolicy.Decide(underAge, facts.FollowsYou, facts.IsVerified, facts.Policy) switch
        {
            PrivacyDecision.Direct => ContactDecision.Direct,
            PrivacyDecision.Ask => ContactDecision.Ask,
            PrivacyDecision.NotFollowed => ContactDecision.NotFollowed,
            _ => ContactDecision.Unavailable,
        };

    /// <summary>What SendRequest answers; null where it goes on: crossing, direct, ask.</summary>
    public static ChatHubException? RefuseRequest(ContactDecision decision, RelationFacts facts) => decision switch
    {
        ContactDecision.Crossing or ContactDecision.Direct or ContactDecision.Ask => null,
        ContactDecision.Connected => Errors.AlreadyConnected(),
        _ => Refuse(decision, facts),
    };

    /// <summary>What OpenConversation answers; null where it goes on: connected, direct.</summary>
    public static ChatHubException? RefuseOpening(ContactDecision decision, RelationFacts facts) => decision switch
    {
        ContactDecision.Connected or ContactDecision.Direct => null,
        ContactDecision.Crossing or ContactDecision.Ask => Errors.RequestRequired(),
        _ => Refuse(decision, facts),
    };

    /// <summary>The message button: what OpenConversation would answer, as a state.</summary>
    public static MessageButton Button(ContactDecision decision, RelationFacts facts) => decision switch
    {
        ContactDecision.Connected => new() { State = ButtonState.Message, ConversationId = facts.ConversationId },
        ContactDecision.Direct => new() { State = ButtonState.Message },
        ContactDecision.Crossing when facts.TheirRequestInFolder => new() { State = ButtonState.Respond, RequestId = facts.TheirRequestId },
        ContactDecision.Crossing or ContactDecision.Ask => new() { State = ButtonState.Request },
        ContactDecision.Pending => new() { State = ButtonState.Pending, RequestId = facts.OwnRequestId },
        ContactDecision.NotFollowed => new() { State = ButtonState.Notice, Notice = Errors.NotFollowedSentence },
        _ => new() { State = ButtonState.Hidden },
    };

    private static ChatHubException Refuse(ContactDecision decision, RelationFacts facts) => decision switch
    {
        ContactDecision.Banned => Errors.Banned(facts.Restrictions.BannedUntil),
        ContactDecision.OwnMessagingOff => Errors.OwnMessagingOff(),
        ContactDecision.Self => Errors.Self(),
        ContactDecision.NotFound => Errors.UserNotFound(),
        ContactDecision.YouBlocked => Errors.YouBlocked(),
        ContactDecision.Pending => Errors.RequestPending(),
        ContactDecision.NotFollowed => Errors.NotFollowed(),
        _ => Errors.Unavailable(),
    };
}
