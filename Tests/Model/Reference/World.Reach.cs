using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>Section 2: the check order, and the message button that says beforehand what it would answer.</summary>
internal sealed partial class World
{
    private enum Way
    {
        Banned,
        Off,
        Self,
        NoSuchUser,
        YouBlocked,
        Connected,
        Pending,
        Unavailable,
        Crossing,
        Direct,
        NotFollowed,
        Ask,
    }

    private Way WayTo(ModelUser caller, ModelUser? other)
    {
        if (IsBanned(caller))
            return Way.Banned;
        if (caller.IsOff)
            return Way.Off;
        if (other == caller)
            return Way.Self;
        if (other is null)
            return Way.NoSuchUser;
        if (caller.Blocks.ContainsKey(other))
            return Way.YouBlocked;
        var theirs = OpenRequest(other, caller);
        // An empty chat is its opener's alone, and while a request of the peer stands not even that.
        if (ChatOf(caller, other) is { } chat && chat.Of(caller).IsVisible && (chat.Messages.Count > 0 || theirs is null))
            return Way.Connected;
        if (OpenRequest(caller, other) is not null)
            return Way.Pending;
        if (IsOutOfReach(caller, other))
            return Way.Unavailable;
        if (theirs is not null)
            return Way.Crossing;
        return FromAgeOn(caller, other);
    }

    /// <summary>The part that message 1 of an empty chat passes again.</summary>
    private Way FromAgeOn(ModelUser caller, ModelUser other)
    {
        if (IsUnderAge(other))
            return Way.Unavailable;
        if (other.Follows.ContainsKey(caller))
            return Way.Direct;
        if (other.IsVerified)
            return Way.Unavailable;
        return other.Settings.MessagingPolicy == MessagingPolicy.Following ? Way.NotFollowed : Way.Ask;
    }

    private static void RefuseOpening(Way way)
    {
        if (way is not (Way.Connected or Way.Direct))
            throw new Refused(CodeOf(way));
    }

    private static string CodeOf(Way way) => way switch
    {
        Way.Banned => ErrorCodes.MessagingBanned,
        Way.Off => ErrorCodes.MessagingDisabled,
        Way.Self => ErrorCodes.CannotMessageSelf,
        Way.NoSuchUser => ErrorCodes.UserNotFound,
        Way.YouBlocked => ErrorCodes.YouBlockedUser,
        Way.Connected => ErrorCodes.AlreadyConnected,
        Way.Unavailable => ErrorCodes.MessagingUnavailable,
        Way.Pending => ErrorCodes.RequestPending,
        Way.NotFollowed => ErrorCodes.NotFollowed,
        _ => ErrorCodes.RequestRequired,
    };

    private MessageButton Button(ModelUser caller, ModelUser other) => WayTo(caller, other) switch
    {
        Way.Connected => new() { State = ButtonState.Message, ConversationId = ChatOf(caller, other)!.Id },
        Way.Direct => new() { State = ButtonState.Message },
        Way.Crossing when OpenRequest(other, caller) is { Entry: Entry.Main or Entry.Filtered } theirs => new() { State = ButtonState.Respond, RequestId = theirs.Id },
        Way.Crossing or Way.Ask => new() { State = ButtonState.Request },
        Way.Pending => new() { State = ButtonState.Pending, RequestId = OpenRequest(caller, other)!.Id },
        Way.NotFollowed => new() { State = ButtonState.Notice, Notice = "Messages cannot be sent since this user isn’t following you." },
        _ => new() { State = ButtonState.Hidden },
    };
}
