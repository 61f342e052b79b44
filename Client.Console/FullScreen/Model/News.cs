using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>What deserves a word when it happens out of sight.</summary>
internal static class News
{
    private static readonly Span Dot = new("● ", Tone.Red);

    /// <param name="update">What happens.</param>
    /// <param name="board">As it was before.</param>
    public static Line? Of(Update update, Board board) => update switch
    {
        MessageUpdate { Message: var message } when board.Page != BoardPage.Inbox && board.FindChatById(message.ConversationId) is { } chat
            && message.SenderId == chat.Peer.UserId && !IsSeen(board, chat.ConversationId) =>
            new(Dot, new($"{chat.Peer.Username}: {message.Text}")),
        RequestUpdate { Request: { Direction: RequestDirection.Incoming, State: RequestState.Pending } request }
            when board.Page != BoardPage.Inbox && board.FindRequest(request.RequestId) is null =>
            new(Dot, new($"request from {PeopleText.Name(request.Sender)} · preview {request.Sender.Username}")),
        RequestUpdate { Request: { Direction: RequestDirection.Outgoing, State: RequestState.Accepted } request }
            when board.FindRequest(request.RequestId) is { State: RequestState.Pending } => RequestText.Accepted(request),
        _ => null,
    };

    private static bool IsSeen(Board board, string conversationId) => board.Page == BoardPage.Chat && board.Chat?.Id == conversationId;
}
