using ChatHub.Contracts;
using ChatHub.Terminal.Input;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Commands;

/// <summary>Chats, and the messages of the open one.</summary>
internal sealed class ChatCommands(ChatSession session, UpdateFeed feed, UpdatePrinter printer, Screen screen, bool marksSeen)
{
    public IReadOnlyList<Command> All =>
    [
        new("chats", "", "your chats, the pinned ones, then the latest first", (_, cancellationToken) => ChatsAsync(archived: false, cancellationToken)),
        new("archived", "", "your archived chats", (_, cancellationToken) => ChatsAsync(archived: true, cancellationToken)),
        new("open", "NAME", "open the chat with a user", OpenAsync),
        new("close", "", "leave the open chat", Close),
        new("say", "TEXT...", "send a message in the open chat", SayAsync),
        new("history", "", "earlier messages of the open chat", (_, cancellationToken) => Chat.ShowEarlierAsync(cancellationToken)),
        new("seen", "", "mark the open chat's messages as seen; automatic when you type at a terminal", SeenAsync),
    ];

    private OpenChat Chat => session.Chat
        ?? throw new ChatHubException(ErrorCodes.ConversationNotFound, "No chat is open: open NAME.");

    private async Task ChatsAsync(bool archived, CancellationToken cancellationToken)
    {
        var chats = await session.Hub(cancellationToken).ListConversations(new() { Archived = archived });
        if (chats.Items.Count == 0)
            screen.Write("no chats");
        foreach (var chat in chats.Items)
            screen.Write(MessageText.Chat(chat, session.Me.UserId), chat.UpdatedAt);
        if (chats.NextCursor is not null)
            screen.Write("and older ones");
    }

    private async Task OpenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var conversation = await session.Hub(cancellationToken).ConversationAsync(arguments["NAME"], cancellationToken);
        var chat = new OpenChat(conversation, session, screen);
        await chat.OpenAsync(cancellationToken);
        session.Chat = chat;
        if (marksSeen)
            await chat.MarkSeenAsync(cancellationToken);
    }

    /// <summary>Ends when the message is printed: in a script, the next command comes after it.</summary>
    private async Task SayAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var chat = Chat;
        var seq = await chat.SendAsync(arguments["TEXT"], cancellationToken);
        await printer.PrintQueuedAsync(cancellationToken);
        while (chat.LastSeq < seq && session.Chat == chat)
        {
            await feed.WaitAsync(cancellationToken);
            await printer.PrintQueuedAsync(cancellationToken);
        }
    }

    private async Task SeenAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        await Chat.MarkSeenAsync(cancellationToken);
        screen.Write($"you have seen up to #{Chat.MarkedSeq}");
    }

    private Task Close(CommandArguments arguments, CancellationToken cancellationToken)
    {
        session.Chat = null;
        return Task.CompletedTask;
    }
}
