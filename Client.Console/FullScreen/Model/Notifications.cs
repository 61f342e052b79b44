using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.FullScreen.Model;

/// <summary>The status line for changes that are not visible on the current page.</summary>
internal static class Notifications
{
    private static readonly Span Dot = new("● ", Tone.Red);

    /// <param name="update">The change.</param>
    /// <param name="model">The model before it.</param>
    public static Line? Of(Update update, ScreenModel model) => update switch
    {
        MessageUpdate { Message: var message } when model.Page != ScreenPage.Inbox && model.Inbox.Conversations.TryGetValue(message.ConversationId, out var chat)
            && message.SenderId == chat.Peer.UserId && message.Seq > chat.SeenSeq && !IsVisible(model, chat.ConversationId) && !MessageText.IsMuted(message, chat) =>
            new(Dot, new($"{chat.Peer.Username}: {message.Text}")),
        RequestUpdate { Request: { Direction: RequestDirection.Incoming, State: RequestState.Pending, Folder: not RequestFolder.Filtered } request }
            when model.Page != ScreenPage.Inbox && Known(model, request) is null =>
            new(Dot, new($"request from {PeopleText.Name(request.Sender)} · preview {request.Sender.Username}")),
        RequestUpdate { Request: { Direction: RequestDirection.Outgoing, State: RequestState.Accepted } request }
            when Known(model, request) is { State: RequestState.Pending } => RequestText.Accepted(request),
        _ => null,
    };

    private static Request? Known(ScreenModel model, Request request) => model.Inbox.Requests.GetValueOrDefault(request.RequestId);

    private static bool IsVisible(ScreenModel model, string conversationId) => model.Page == ScreenPage.Chat && model.Chat?.Id == conversationId;
}
