using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Single messages of a chat, by their numbers: replying, editing, removing, reacting.</summary>
internal sealed class MessageCommands(IChatUser session, IScreen screen)
{
    public IReadOnlyList<Command> All =>
    [
        new("reply", "NAME #SEQ TEXT...", "answer one message of the chat", ReplyAsync),
        new("edit", "NAME #SEQ TEXT...", $"change your message, within {Limits.EditMinutes} minutes", EditAsync),
        new("remove", "NAME #SEQ", "remove your message for both sides", RemoveAsync),
        new("react", "NAME #SEQ [EMOJI]", "react to a message with one emoji; nothing takes it away", ReactAsync),
    ];

    private async Task ReplyAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = session.ChatWith(arguments["NAME"]);
        var sent = await session.Hub(cancellationToken).SendMessage(
            new() { ConversationId = chat.ConversationId, ReplyToSeq = Seq(arguments), Text = arguments["TEXT"], ClientId = ClientIds.New() });
        screen.Write($"you replied to #{sent.Message.ReplyToSeq} with #{sent.Message.Seq}");
    }

    private async Task EditAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = session.ChatWith(arguments["NAME"]);
        var changed = await session.Hub(cancellationToken).EditMessage(
            new() { ConversationId = chat.ConversationId, Seq = Seq(arguments), Text = arguments["TEXT"] });
        screen.Write($"you edited #{changed.Message.Seq}");
    }

    private async Task RemoveAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = session.ChatWith(arguments["NAME"]);
        var changed = await session.Hub(cancellationToken).RemoveMessage(new() { ConversationId = chat.ConversationId, Seq = Seq(arguments) });
        screen.Write($"you removed #{changed.Message.Seq} for both");
    }

    private async Task ReactAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = session.ChatWith(arguments["NAME"]);
        var emoji = arguments.Find("EMOJI");
        var changed = await session.Hub(cancellationToken).React(
            new() { ConversationId = chat.ConversationId, Seq = Seq(arguments), Emoji = emoji });
        screen.Write(emoji is null ? $"your reaction to #{changed.Message.Seq} is gone" : $"you reacted to #{changed.Message.Seq} with {emoji}");
    }

    private static long Seq(CommandArguments arguments) =>
        long.TryParse(arguments["#SEQ"].TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? seq
            : throw new UsageException("a message is chosen by its number: #3");
}
