using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Finding and following people.</summary>
internal sealed class PeopleCommands(IChatUser session, IScreen screen)
{
    public IReadOnlyList<Command> All =>
    [
        new("search", "QUERY...", "people by the beginning of their names", SearchAsync),
        new("profile", "NAME", "a user's profile, and how they can be messaged", ProfileAsync),
        new("follow", "NAME", "follow a user: they may then message you without a request", FollowAsync),
        new("unfollow", "NAME", "stop following; an open chat stays", UnfollowAsync),
    ];

    private async Task SearchAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var found = await session.Hub(cancellationToken).SearchUsers(new() { Query = arguments["QUERY"] });
        if (found.Items.Count == 0)
            screen.Write("no users found");
        foreach (var user in found.Items)
            screen.Write(PeopleText.Name(user));
        if (found.NextCursor is not null)
            screen.Write("more: search for a longer beginning");
    }

    private async Task ProfileAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var profile = await session.Hub(cancellationToken).GetProfile(new() { Username = arguments["NAME"] });
        foreach (var line in PeopleText.Profile(profile))
            screen.Write(line);
    }

    private async Task FollowAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var profile = await hub.Follow(new() { UserId = await hub.UserIdAsync(arguments["NAME"]) });
        screen.Write($"you follow {profile.Username}");
    }

    private async Task UnfollowAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var profile = await hub.Unfollow(new() { UserId = await hub.UserIdAsync(arguments["NAME"]) });
        screen.Write($"you no longer follow {profile.Username}");
    }
}
