using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Blocking and reporting: the other side is told of neither.</summary>
internal sealed class SafetyCommands(IChatUser session, IScreen screen)
{
    private static readonly string Reasons = string.Join(", ", Enum.GetNames<ReportReason>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]));

    public IReadOnlyList<Command> All =>
    [
        new("block", "NAME", "stop messages both ways; they are not told", BlockAsync),
        new("unblock", "NAME", "let messages through again", UnblockAsync),
        new("blocked", "", "whom you have blocked", BlockedAsync),
        new("report", "NAME REASON [NOTE...]", $"tell the moderators; the reason is one of {Reasons}", ReportAsync),
    ];

    private async Task BlockAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        await hub.Block(new() { UserId = await hub.UserIdAsync(arguments["NAME"]) });
        screen.Write($"you blocked {arguments["NAME"]}");
    }

    private async Task UnblockAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        await hub.Unblock(new() { UserId = await hub.UserIdAsync(arguments["NAME"]) });
        screen.Write($"you no longer block {arguments["NAME"]}");
    }

    private async Task BlockedAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var page = await session.Hub(cancellationToken).ListBlocked(new() { Limit = Limits.PageMax });
        if (page.Items.Count == 0)
            screen.Write("nobody");
        foreach (var user in page.Items)
            screen.Write(PeopleText.Name(user));
        if (page.NextCursor is not null)
            screen.Write("and more");
    }

    private async Task ReportAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<ReportReason>(arguments["REASON"], ignoreCase: true, out var reason) || !Enum.IsDefined(reason))
            throw new UsageException($"REASON is one of {Reasons}.");

        var hub = session.Hub(cancellationToken);
        await hub.Report(new() { UserId = await hub.UserIdAsync(arguments["NAME"]), Reason = reason, Note = arguments.Find("NOTE") });
        screen.Write($"you reported {arguments["NAME"]}; they are not told");
    }
}
