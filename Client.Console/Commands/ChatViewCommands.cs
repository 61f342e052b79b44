using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>The user's own view of a chat, of which the other side learns nothing.</summary>
internal sealed class ChatViewCommands(IChatUser session, IScreen screen, TimeProvider time)
{
    private static readonly DateTimeOffset Forever = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<Command> All =>
    [
        new("mute", "NAME [HOURS]", "no notifications of a chat, for some hours or until you unmute it", MuteAsync),
        new("unmute", "NAME", "notifications again", (a, c) => UpdateAsync(a, new() { MutedUntil = DateTimeOffset.UnixEpoch }, "you unmuted", c)),
        new("archive", "NAME", "list a chat apart until its next message", (a, c) => UpdateAsync(a, new() { IsArchived = true }, "you archived", c)),
        new("unarchive", "NAME", "list it with the others again", (a, c) => UpdateAsync(a, new() { IsArchived = false }, "you took out of the archive", c)),
        new("pin", "NAME", $"list a chat first; at most {Limits.PinnedMax}", (a, c) => UpdateAsync(a, new() { IsPinned = true }, "you pinned", c)),
        new("unpin", "NAME", "list it by its latest message again", (a, c) => UpdateAsync(a, new() { IsPinned = false }, "you unpinned", c)),
        new("chat-receipts", "NAME ON_OFF_DEFAULT", "whether this one user sees that you have seen their messages", ReceiptsAsync),
        new("clear", "NAME", "remove all messages of a chat from your own view, permanently", ClearAsync),
    ];

    private Task MuteAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Find("HOURS") is not { } text)
            return UpdateAsync(arguments, new() { MutedUntil = Forever }, "until you unmute them, you muted", cancellationToken);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours is < 1 or > 24 * 365)
            throw new UsageException("HOURS is 1 to 8760.");
        return UpdateAsync(arguments, new() { MutedUntil = time.GetUtcNow().AddHours(hours) }, $"for {hours} h you muted", cancellationToken);
    }

    private Task ReceiptsAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<ReceiptSetting>(arguments["ON_OFF_DEFAULT"], ignoreCase: true, out var setting) || !Enum.IsDefined(setting))
            throw new UsageException("on, off or default, please.");
        return UpdateAsync(arguments, new() { SendSeenReceipts = setting }, $"receipts are now {arguments["ON_OFF_DEFAULT"]} for", cancellationToken);
    }

    private async Task UpdateAsync(CommandArguments arguments, UpdateConversationInput input, string done, CancellationToken cancellationToken)
    {
        var chat = session.ChatWith(arguments["NAME"]);
        await session.Hub(cancellationToken).UpdateConversation(input with { ConversationId = chat.ConversationId });
        screen.Write($"{done} {chat.Peer.Username}");
    }

    private async Task ClearAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = session.ChatWith(arguments["NAME"]);
        await session.Hub(cancellationToken).ClearConversation(new() { ConversationId = chat.ConversationId, UpToSeq = chat.LastSeq });
        screen.Write($"you cleared the chat with {chat.Peer.Username} up to #{chat.LastSeq}; they keep it");
    }
}
