using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;

namespace ChatHub.Terminal.Session;

/// <summary>Prints updates as lines. What does not concern a person at a terminal (presence, typing) stays silent.</summary>
/// <param name="session">The signed-in user.</param>
/// <param name="feed">Their updates.</param>
/// <param name="screen">Where to print.</param>
/// <param name="marksSeen">Whether what is printed in the open chat is marked as seen: a person reads it, a script does not.</param>
internal sealed class UpdatePrinter(ChatSession session, UpdateFeed feed, Screen screen, bool marksSeen)
{
    private readonly Dictionary<string, int> _untaken = new(StringComparer.OrdinalIgnoreCase);
    private readonly FloodDetector _floods = new();
    private bool _reconnected;

    /// <summary>Prints everything that is queued. An error of the server or the network becomes a line, too.</summary>
    public async Task PrintQueuedAsync(CancellationToken cancellationToken)
    {
        while (feed.TryRead(out var item))
            Print(item!);
        if (marksSeen && session.Chat is { } chat)
            await MarkSeenAsync(chat, cancellationToken);
    }

    /// <summary>Takes one printed event of the name, for <c>wait</c>; each can be taken once, also when it came before.</summary>
    public bool TryTake(string name)
    {
        if (_untaken.GetValueOrDefault(name) == 0)
            return false;
        _untaken[name]--;
        return true;
    }

    /// <summary>Forgets another user's events.</summary>
    public void Clear()
    {
        _untaken.Clear();
        _floods.Clear();
    }

    private void Print(FeedItem item)
    {
        switch (item)
        {
            case FeedItem.Changed e:
                PrintUpdate(e.Update);
                break;
            case FeedItem.Connection e:
                Count($"{e.State}", e.State);
                PrintConnection(e.State);
                break;
            case FeedItem.Failed e when Failure.Of(e.Reason) is { } failure:
                screen.Write(failure.Line);
                break;
        }
    }

    private void PrintUpdate(Update update)
    {
        var before = session.Inbox;
        session.Apply(update);
        var name = EventNames.Of(update, session.Inbox, session.Me.UserId);
        Count(name, update);
        switch (update)
        {
            case InboxCleared:
                session.Chat = null;
                screen.Write("the server's data was restored: your inbox is loaded again");
                break;
            case InboxReady when _reconnected || !before.IsReady:
                _reconnected = false;
                screen.Write(PeopleText.Badges(session.Inbox.Badges));
                break;
            case RequestUpdate e when before.IsReady:
                PrintRequest(e.Request, before.Requests.GetValueOrDefault(e.Request.RequestId));
                break;
            case RequestRemovedUpdate e when !session.TakePrinted(e.RequestId, state: null) && before.Requests.GetValueOrDefault(e.RequestId) is not { Folder: RequestFolder.Filtered }:
                screen.Write("a request has left your folder");
                break;
            default:
                PrintChat(update, name);
                break;
        }
    }

    private void PrintRequest(Request request, Request? before)
    {
        if (session.TakePrinted(request.RequestId, request.State) || request.State == before?.State)
            return;
        if (request.State == RequestState.Accepted)
            screen.Write(RequestText.Accepted(request));
        else if (request.Direction == RequestDirection.Outgoing)
            screen.Write(RequestText.Own(request));
        else if (request is { State: RequestState.Pending, Folder: not RequestFolder.Filtered })
            screen.Write(RequestText.Received(request), request.SentAt);
    }

    private void PrintChat(Update update, string name)
    {
        session.Chat?.Apply(update);
        switch (update)
        {
            case MessageUpdate { Message: var message } when name == nameof(MessageReceived) || (name == EventNames.MessageSent && message.Status == MessageStatus.Sent):
                PrintElsewhere(message);
                break;
            case SeenUpdate e when e.ConversationId != session.Chat?.Id && e.SeenBy != session.Me.UserId && PeerOf(e.ConversationId) is { } peer:
                screen.Write(MessageText.SeenUpTo(peer, e.Seq), e.At);
                break;
        }
    }

    private void PrintElsewhere(Message message)
    {
        if (session.Inbox.Conversations.GetValueOrDefault(message.ConversationId) is not { } chat)
            return;
        var peer = chat.Peer.Username;
        if (message.ConversationId != session.Chat?.Id && !MessageText.IsMuted(message, chat))
            screen.Write(MessageText.Elsewhere(message, peer, session.Me.UserId), message.SentAt);
        if (message.SenderId != session.Me.UserId && _floods.Add(message))
            screen.Write(MessageText.Flood(peer));
    }

    private void PrintConnection(ConnectionState state)
    {
        if (state == ConnectionState.Connected)
            _reconnected = true;
        screen.Write(state switch
        {
            ConnectionState.Connected => "connected again",
            ConnectionState.Reconnecting => "connection lost, trying again",
            _ => "connection closed",
        });
    }

    private string? PeerOf(string conversationId) => session.Inbox.Conversations.GetValueOrDefault(conversationId)?.Peer.Username;

    private void Count(string name, object content)
    {
        screen.WriteEvent(name, content);
        _untaken[name] = _untaken.GetValueOrDefault(name) + 1;
    }

    private async Task MarkSeenAsync(OpenChat chat, CancellationToken cancellationToken)
    {
        try
        {
            await chat.MarkSeenAsync(cancellationToken);
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            screen.Write(failure.Line);
        }
    }
}
