using ChatHub.Contracts;

namespace ChatHub.Terminal.Rendering;

/// <summary>People as lines.</summary>
internal static class PeopleText
{
    /// <summary><c>bob (Bob Builder)</c>: the username first, which is unique.</summary>
    public static string Name(UserCard user) => Name(user.Username, user.DisplayName, user.IsVerified);

    public static IEnumerable<Line> Me(Me me)
    {
        yield return $"you are {Name(me.User)}";
        if (me.Bio is { } bio)
            yield return bio;
        yield return $"messages from {Policy(me.Settings.MessagingPolicy)} · seen receipts {OnOff(me.Settings.SendSeenReceipts)} · presence {OnOff(me.Settings.ShowPresence)}";
        yield return $"{Count(me.RequestsLeftToday, "request")} left today";
        yield return Badges(me.Badges);
    }

    public static Line Badges(Badges badges) =>
        badges is { PendingRequests: 0, UnreadConversations: 0, UnreadMessages: 0 }
            ? "nothing new"
            : new Line(new Span("● ", Tone.Red), new Span($"{Count(badges.PendingRequests, "request")} · {badges.UnreadMessages} unread in {Count(badges.UnreadConversations, "chat")}"));

    public static IEnumerable<Line> Profile(Profile profile)
    {
        yield return Name(profile.Username, profile.DisplayName, profile.IsVerified);
        if (profile.Bio is { } bio)
            yield return bio;
        yield return $"{Count(profile.FollowerCount, "follower")} · {profile.FollowingCount} following";
        if (profile.YouFollow)
            yield return "you follow them";
        if (profile.FollowsYou)
            yield return "they follow you";
        if (profile.YouBlocked)
            yield return "you blocked them";
        if (profile.IsOnline == true)
            yield return "online";
        yield return Button(profile);
    }

    private static Line Button(Profile profile) => profile.MessageButton.State switch
    {
        ButtonState.Message => $"[message] open {profile.Username}",
        ButtonState.Request => $"[request] request {profile.Username} TEXT",
        ButtonState.Pending => $"[pending] your request is pending · withdraw {profile.Username}",
        ButtonState.Respond => $"[respond] their request waits in your folder · preview {profile.Username}",
        ButtonState.Notice => new Line(new Span($"[notice] {profile.MessageButton.Notice}", Tone.Muted)),
        _ => new Line(new Span("[no messages]", Tone.Muted)),
    };

    private static string Name(string username, string displayName, bool verified)
    {
        var name = string.Equals(username, displayName, StringComparison.OrdinalIgnoreCase) ? username : $"{username} ({displayName})";
        return verified ? $"{name} · verified" : name;
    }

    private static string Policy(MessagingPolicy policy) => policy switch
    {
        MessagingPolicy.Everyone => "everyone",
        MessagingPolicy.Following => "people you follow",
        _ => "no one",
    };

    private static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static string OnOff(bool on) => on ? "on" : "off";
}
