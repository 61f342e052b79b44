using ChatHub.Contracts;

namespace ChatHub.Tests.Model.Reference;

/// <summary>Profile, settings, follows and blocks.</summary>
internal sealed partial class World
{
    public object? UpdateSettings(ModelUser caller, UpdateSettingsInput input)
    {
        var words = input.HiddenWords?.Select(word => Trimmed(word, 1, 50)).Distinct().ToList();
        if (words?.Count > 200 || input.MinAccountAgeDays is < 0 or > 365)
            throw Invalid();
        var settings = caller.Settings with
        {
            MessagingPolicy = input.MessagingPolicy ?? caller.Settings.MessagingPolicy,
            SendSeenReceipts = input.SendSeenReceipts ?? caller.Settings.SendSeenReceipts,
            ShowPresence = input.ShowPresence ?? caller.Settings.ShowPresence,
            MinAccountAgeDays = input.MinAccountAgeDays ?? caller.Settings.MinAccountAgeDays,
            PushContent = input.PushContent ?? caller.Settings.PushContent,
        };
        if (settings == caller.Settings && (words is null || words.SequenceEqual(settings.HiddenWords!)))
            return Unchanged(caller);

        caller.Settings = settings with { HiddenWords = words ?? settings.HiddenWords };
        return RaiseMe(caller);
    }

    public object? UpdateProfile(ModelUser caller, UpdateProfileInput input)
    {
        var displayName = input.DisplayName is null ? caller.DisplayName : Trimmed(input.DisplayName, 1, 50);
        var bio = input.Bio is null ? caller.Bio : Trimmed(input.Bio, 0, 160);
        bio = bio is "" ? null : bio;
        if ((displayName, bio) == (caller.DisplayName, caller.Bio))
            return Unchanged(caller);

        (caller.DisplayName, caller.Bio) = (displayName, bio);
        return RaiseMe(caller);
    }

    public object? GetProfile(ModelUser caller, GetProfileInput input) =>
        ProfileFor(caller, Find(input.UserId) ?? throw new Refused(ErrorCodes.UserNotFound));

    public object? Follow(ModelUser caller, UserInput input)
    {
        var other = OtherThan(caller, input.UserId);
        caller.Follows.TryAdd(other, Now);
        return ProfileFor(caller, other);
    }

    public object? Unfollow(ModelUser caller, UserInput input)
    {
        var other = OtherThan(caller, input.UserId);
        caller.Follows.Remove(other);
        return ProfileFor(caller, other);
    }

    public object? Block(ModelUser caller, UserInput input)
    {
        var other = AnybodyBut(caller, input.UserId);
        if (!caller.Blocks.TryAdd(other, Now))
            return BlockAnswer(caller, other, null, []);

        // The caller's own open request is withdrawn: the other side gets the event of any withdrawal.
        var own = OpenRequest(caller, other);
        if (own is not null)
            Close(own, RequestState.Withdrawn);

        // Theirs is silently turned down.
        string[] removed = [];
        if (OpenRequest(other, caller) is { Entry: Entry.Main or Entry.Filtered } theirs)
        {
            TurnDown(theirs);
            removed = [theirs.Id];
        }

        RaiseBlock(caller, other, own, removed);
        return null;
    }

    public object? Unblock(ModelUser caller, UserInput input)
    {
        var other = AnybodyBut(caller, input.UserId);
        if (!caller.Blocks.Remove(other))
            return BlockAnswer(caller, other, null, []);

        RaiseBlock(caller, other, null, []);
        return null;
    }

    private void RaiseBlock(ModelUser caller, ModelUser other, ModelRequest? withdrawn, string[] removed)
    {
        var version = _change.Stamp(caller);
        if (ChatOf(caller, other) is { } chat && chat.Of(caller).IsVisible)
            chat.Of(caller).Stamp = version;
        _change.Raise(caller, v => BlockAnswer(caller, other, withdrawn, removed) with { Version = v });
    }

    private BlockChanged BlockAnswer(ModelUser caller, ModelUser other, ModelRequest? withdrawn, string[] removed) => new()
    {
        Version = 0,
        UserId = other.Id,
        YouBlocked = caller.Blocks.ContainsKey(other),
        Conversation = ChatOf(caller, other) is { } chat && chat.Of(caller).IsVisible ? ConversationFor(caller, chat) : null,
        WithdrawnRequest = withdrawn is null ? null : RequestFor(caller, withdrawn),
        RemovedRequestIds = removed,
        Badges = BadgesOf(caller),
    };

    private ModelUser OtherThan(ModelUser caller, string? userId)
    {
        var other = Existing(userId);
        return other == caller ? throw Invalid() : other;
    }

    /// <summary>The table of open conversations: blocking works whatever became of the peer.</summary>
    private ModelUser AnybodyBut(ModelUser caller, string? userId)
    {
        var other = Find(userId) ?? throw new Refused(ErrorCodes.UserNotFound);
        return other == caller ? throw Invalid() : other;
    }

    private MeChanged Unchanged(ModelUser user) => new() { Version = 0, Me = MeOf(user) };

    private object? RaiseMe(ModelUser user)
    {
        _change.Raise(user, version => new MeChanged { Version = version, Me = MeOf(user) });
        return null;
    }
}
