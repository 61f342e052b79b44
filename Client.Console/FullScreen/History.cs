using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;

namespace ChatHub.Terminal.FullScreen;

/// <summary>Reads what the updates do not tell: a chat's messages from before, and whether its peer is online.</summary>
internal sealed class History(ScreenUser user, Board board, Loop loop)
{
    private bool _reading;

    /// <summary>The latest page of a chat that has just been opened, or was when there was no connection.</summary>
    public async Task ReadLatestAsync(ChatView chat, CancellationToken cancellationToken)
    {
        var hub = user.Hub(cancellationToken);
        var page = await hub.GetMessages(new() { ConversationId = chat.Id, Limit = Limits.PageMax });
        await loop.PutAsync(() => chat.Add(page.Items), cancellationToken);
        var profile = await hub.GetProfile(new() { UserId = chat.Peer.UserId });
        await loop.PutAsync(() => board.SetOnline(profile.UserId, profile.IsOnline == true), cancellationToken);
    }

    /// <summary>The page before what is at hand.</summary>
    public async Task ReadEarlierAsync(ChatView chat, CancellationToken cancellationToken)
    {
        if (_reading || !chat.HasEarlier)
            return;
        _reading = true;
        try
        {
            var page = await user.Hub(cancellationToken).GetMessages(new() { ConversationId = chat.Id, Before = chat.Messages[0].Seq, Limit = Limits.PageMax });
            await loop.PutAsync(() => chat.Add(page.Items), cancellationToken);
        }
        finally
        {
            _reading = false;
        }
    }

    /// <summary>After each catching up: the open chat may have been opened, or its peer come or gone, meanwhile.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (board.Chat is not { } chat)
            return;
        try
        {
            await ReadLatestAsync(chat, cancellationToken);
        }
        catch (Exception e) when (e is ChatHubException or ChatHubUnreachableException or OperationCanceledException)
        {
            // Without a connection: it is tried again with the next one.
        }
    }
}
