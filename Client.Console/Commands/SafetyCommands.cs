using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Blocking and reporting: the other side is notified of neither.</summary>
internal sealed class SafetyCommands(IChatUser session, IScreen screen)
{
    private static readonly string Reasons = string.Join(", ", Enum.GetNames<ReportReason>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]));

    public IReadOnlyList<Command> All =>
    [
        new("block", "NAME", "stop messages both ways; they are not notified", BlockAsync),
        new("unblock", "NAME", "allow messages again", UnblockAsync),
        new("blocked", "", "the users you have blocked", BlockedAsync),
        new("report", "NAME REASON [#SEQS] [NOTE...]", $"report to the moderators, with chosen messages (#3 or #3,5-9) or the latest ones as evidence; the reason is one of {Reasons}", ReportAsync),
    ];

    private async Task BlockAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var hub = session.Hub(cancellationToken);
        var blocked = await hub.Block(new() { UserId = await hub.UserIdAsync(arguments["NAME"]) });
        foreach (var requestId in blocked.RemovedRequestIds)
            session.MarkPrinted(requestId, state: null);
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
            screen.Write("no blocked users");
        foreach (var user in page.Items)
            screen.Write(PeopleText.Name(user));
        if (page.NextCursor is not null)
            screen.Write("and more");
    }

    private async Task ReportAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<ReportReason>(arguments["REASON"], ignoreCase: true, out var reason) || !Enum.IsDefined(reason))
            throw new UsageException($"REASON is one of {Reasons}.");
        var seqs = arguments.Find("#SEQS") is { } numbers ? SeqList.Parse(numbers) : null;

        var hub = session.Hub(cancellationToken);
        var profile = await hub.GetProfile(new() { Username = arguments["NAME"] });
        var conversationId = ConversationWith(profile);
        if (seqs is not null && conversationId is null)
            throw new ChatHubException(ErrorCodes.ConversationNotFound, $"There is no chat with {profile.Username} whose messages could be reported.");

        // Evidence: the chosen messages, by default the latest of the chat, and a request that waits in the folder.
        await hub.Report(new()
        {
            UserId = profile.UserId,
            Reason = reason,
            Note = arguments.Find("NOTE"),
            ConversationId = conversationId,
            RequestId = profile.MessageButton.State == ButtonState.Respond ? profile.MessageButton.RequestId : null,
            Seqs = seqs,
        });
        screen.Write($"you reported {profile.Username}{(seqs is null ? "" : $" with {seqs.Count} of the messages")}; they are not notified");
    }

    // The button of a blocked user names no chat: the inbox does.
    private string? ConversationWith(Profile profile) =>
        profile.MessageButton.ConversationId
        ?? session.Inbox.Conversations.Values.FirstOrDefault(conversation => conversation.Peer.UserId == profile.UserId)?.ConversationId;
}
