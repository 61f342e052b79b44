using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Chats and what is said in the open one.</summary>
internal sealed class ChatCommands(ChatSession session, Screen screen, bool marksSeen)
{
    public IReadOnlyList<Command> All =>
    [
        new("chats", "", "your chats, the latest first", ChatsAsync),
        new("open", "NAME", "open the chat with somebody", OpenAsync),
        new("close", "", "leave the open chat", Close),
        new("say", "TEXT...", "send a message in the open chat", (arguments, cancellationToken) => Room.SayAsync(arguments["TEXT"], cancellationToken)),
        new("history", "", "earlier messages of the open chat", (_, cancellationToken) => Room.ShowEarlierAsync(cancellationToken)),
        new("seen", "", "mark the open chat's messages as seen; by itself when you type at a terminal", SeenAsync),
    ];

    private ChatRoom Room => session.Room
        ?? throw new ChatHubException(ErrorCodes.ConversationNotFound, "No chat is open: open NAME.");

    private async Task ChatsAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chats = await session.Hub(cancellationToken).ListConversations(new());
        if (chats.Items.Count == 0)
            screen.Write("no chats");
        foreach (var chat in chats.Items)
            screen.Write(MessageText.Chat(chat, session.Me.UserId), chat.UpdatedAt);
        if (chats.NextCursor is not null)
            screen.Write("and older ones");
    }

    private async Task OpenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = await session.Hub(cancellationToken).ConversationAsync(arguments["NAME"], cancellationToken);
        var room = new ChatRoom(chat, session, screen);
        await room.OpenAsync(cancellationToken);
        session.Room = room;
        if (marksSeen)
            await room.MarkSeenAsync(cancellationToken);
    }

    private async Task SeenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        await Room.MarkSeenAsync(cancellationToken);
        screen.Write($"you have seen up to #{Room.MarkedSeq}");
    }

    private Task Close(CommandArguments arguments, CancellationToken cancellationToken)
    {
        session.Room = null;
        return Task.CompletedTask;
    }
}
