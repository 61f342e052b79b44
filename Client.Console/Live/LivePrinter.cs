using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.Rendering;
using ChatHub.Terminal.Session;

namespace ChatHub.Terminal.Live;

/// <summary>Shows events as lines. What does not concern somebody at a terminal (positions, presence, typing) stays silent.</summary>
/// <param name="session">Whose events.</param>
/// <param name="screen">Where they are shown.</param>
/// <param name="marksSeen">Whether what appears in the open chat is thereby seen: a person reads it, a script does not.</param>
internal sealed class LivePrinter(ChatSession session, Screen screen, bool marksSeen)
{
    /// <summary>Never fails for what the server or the network does: that becomes a line, too.</summary>
    public Task ShowAsync(LiveEvent e, CancellationToken cancellationToken)
    {
        screen.WriteEvent(e.Name, e.Content);
        return GuardAsync(() => ShowContentAsync(e, cancellationToken));
    }

    public void Dropped(int count) =>
        screen.Write($"{count} events came too fast to be shown · chats, requests");

    private Task ShowContentAsync(LiveEvent e, CancellationToken cancellationToken) => e.Content switch
    {
        RequestReceived received => Write(RequestText.Received(received.Request), received.Request.SentAt),
        RequestChanged changed => Write(RequestText.Own(changed.Request)),
        RequestAccepted accepted => Write(RequestText.Accepted(accepted.Request)),
        RequestRemoved => Write("a request has left your folder"),
        MessageReceived received => MessageAsync(received, cancellationToken),
        MessagesSeen seen => SeenAsync(seen, cancellationToken),
        ServerDraining => Write("the server is restarting"),
        ConnectionState state => LinkAsync(state, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>After a batch of events: what was shown of the open chat is seen, once for all.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => marksSeen && session.Room is { } room
        ? GuardAsync(() => room.MarkSeenAsync(cancellationToken))
        : Task.CompletedTask;

    private async Task MessageAsync(MessageReceived e, CancellationToken cancellationToken)
    {
        var message = e.Message;
        if (session.Room is { } room && room.Id == message.ConversationId)
            await room.ShowAsync(message, cancellationToken);
        else
            await Write(MessageText.Elsewhere(message, await session.PeerOfAsync(message.ConversationId, cancellationToken), session.Me.UserId), message.SentAt);
    }

    private async Task SeenAsync(MessagesSeen e, CancellationToken cancellationToken)
    {
        // The user's own reading on another device.
        if (e.SeenBy == session.Me.UserId)
            return;

        if (session.Room is { } room && room.Id == e.ConversationId)
            room.ShowSeen(e.Seq);
        else
            await Write(MessageText.SeenUpTo(await session.PeerOfAsync(e.ConversationId, cancellationToken), e.Seq), e.At);
    }

    private async Task LinkAsync(ConnectionState state, CancellationToken cancellationToken)
    {
        switch (state)
        {
            case ConnectionState.Reconnecting:
                await Write("connection lost, trying again");
                break;
            case ConnectionState.Closed:
                await Write("connection closed · signin NAME PASSWORD");
                break;
            case ConnectionState.Connected:
                // Events may have been missed: the open chat is completed, the rest is counted.
                screen.Write("connected again");
                var me = await session.Hub(cancellationToken).GetMe(new());
                screen.Write(PeopleText.Badges(me.Badges));
                if (session.Room is { } room)
                    await room.CatchUpAsync(cancellationToken);
                break;
        }
    }

    private Task Write(Line line, DateTimeOffset? at = null)
    {
        screen.Write(line, at);
        return Task.CompletedTask;
    }

    private async Task GuardAsync(Func<Task> show)
    {
        try
        {
            await show();
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            screen.Write(failure.Line);
        }
    }
}
