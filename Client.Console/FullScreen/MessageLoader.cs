using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;

namespace ChatHub.Terminal.FullScreen;

/// <summary>Loads what updates do not contain: a chat's earlier messages, and whether its peer is online.</summary>
internal sealed class MessageLoader(ScreenUser user, ScreenModel model, EventLoop loop)
{
    private bool _isLoading;

    /// <summary>The latest page of a chat that was just opened, also while there was no connection.</summary>
    public async Task LoadLatestAsync(ChatView chat, CancellationToken cancellationToken)
    {
        var hub = user.Hub(cancellationToken);
        var page = await hub.GetMessages(new() { ConversationId = chat.Id, Limit = Limits.PageMax });
        await loop.PostAsync(() => chat.Add(page.Items), cancellationToken);
        var profile = await hub.GetProfile(new() { UserId = chat.Peer.UserId });
        await loop.PostAsync(() => model.SetOnline(profile.UserId, profile.IsOnline == true), cancellationToken);
    }

    /// <summary>The page before the loaded messages.</summary>
    public async Task LoadEarlierAsync(ChatView chat, CancellationToken cancellationToken)
    {
        if (_isLoading || !chat.HasEarlier)
            return;
        _isLoading = true;
        try
        {
            var page = await user.Hub(cancellationToken).GetMessages(new() { ConversationId = chat.Id, Before = chat.Messages[0].Seq, Limit = Limits.PageMax });
            await loop.PostAsync(() => chat.Add(page.Items), cancellationToken);
        }
        finally
        {
            _isLoading = false;
        }
    }

    /// <summary>After each catching up: the open chat may have been opened without a connection, or its peer's presence changed.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        if (model.Chat is not { } chat)
            return;
        try
        {
            await LoadLatestAsync(chat, cancellationToken);
        }
        catch (Exception e) when (e is ChatHubException or ChatHubUnreachableException or OperationCanceledException)
        {
            // Without a connection: repeated after the next one.
        }
    }
}
