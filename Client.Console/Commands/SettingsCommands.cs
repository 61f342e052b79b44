using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>What the user lets others do and see.</summary>
internal sealed class SettingsCommands(IChatUser session, IScreen screen)
{
    private static readonly string Policies = string.Join(", ", Enum.GetNames<MessagingPolicy>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]));

    public IReadOnlyList<Command> All =>
    [
        new("settings", "", "your settings", (_, cancellationToken) => ShowAsync(cancellationToken)),
        new("messages", "FROM", $"who may send you requests: one of {Policies}", MessagesAsync),
        new("receipts", "ON_OFF", "whether others see that you have seen their messages", ReceiptsAsync),
        new("presence", "ON_OFF", "whether people you chat with see that you are online", PresenceAsync),
        new("name", "DISPLAYNAME...", "your display name", NameAsync),
        new("bio", "[TEXT...]", "your profile text; nothing removes it", BioAsync),
    ];

    private async Task ShowAsync(CancellationToken cancellationToken) =>
        Show(await session.Hub(cancellationToken).GetMe(new()));

    private async Task MessagesAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<MessagingPolicy>(arguments["FROM"], ignoreCase: true, out var policy) || !Enum.IsDefined(policy))
            throw new UsageException($"FROM is one of {Policies}.");
        Show((await session.Hub(cancellationToken).UpdateSettings(new() { MessagingPolicy = policy })).Me);
    }

    private async Task ReceiptsAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Show((await session.Hub(cancellationToken).UpdateSettings(new() { SendSeenReceipts = OnOff(arguments) })).Me);

    private async Task PresenceAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Show((await session.Hub(cancellationToken).UpdateSettings(new() { ShowPresence = OnOff(arguments) })).Me);

    private async Task NameAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Show((await session.Hub(cancellationToken).UpdateProfile(new() { DisplayName = arguments["DISPLAYNAME"] })).Me);

    private async Task BioAsync(CommandArguments arguments, CancellationToken cancellationToken) =>
        Show((await session.Hub(cancellationToken).UpdateProfile(new() { Bio = arguments.Find("TEXT") ?? "" })).Me);

    private void Show(Me me)
    {
        foreach (var line in PeopleText.Me(me))
            screen.Write(line);
    }

    private static bool OnOff(CommandArguments arguments) => arguments["ON_OFF"].ToUpperInvariant() switch
    {
        "ON" => true,
        "OFF" => false,
        _ => throw new UsageException("on or off, please."),
    };
}
