using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;

namespace ChatHub.Terminal.FullScreen;

/// <summary>
/// What a person's attention means to others: messages on the screen are seen, keys are typing, and an introduction that
/// pauses is looked at for advice. None of it is worth an error when it fails.
/// </summary>
internal sealed class Attention(ScreenUser user, Board board, Loop loop, TimeProvider time)
{
    private static readonly TimeSpan TellTypingEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private DateTimeOffset _toldTyping;
    private bool _marking;
    private CancellationTokenSource? _thinking;

    /// <summary>After each change: what now stands on the screen is seen.</summary>
    public void Look(CancellationToken cancellationToken)
    {
        if (_marking || board is not { Page: BoardPage.Chat, Link: ConnectionState.Connected, Chat: { ScrolledUp: 0 } chat } || chat.LastOfPeer <= chat.MarkedSeq)
            return;
        _marking = true;
        _ = MarkAsync(chat, chat.LastOfPeer, cancellationToken);
    }

    /// <summary>The line that is being typed has changed.</summary>
    public void Type(string text, CancellationToken cancellationToken)
    {
        EndAdvice();
        if (board.Link != ConnectionState.Connected)
            return;

        if (board is { Page: BoardPage.Chat, Chat: { } chat } && text.Length > 0 && !text.StartsWith('/'))
            TellTyping(chat, cancellationToken);
        else if (text.TrimStart('/').Split(' ', 3) is ["request", { Length: > 0 } name, { Length: > 0 } intro])
        {
            _thinking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _ = AdviseAsync(name, intro, _thinking.Token);
        }
    }

    /// <summary>The line is entered, or given up.</summary>
    public void EndAdvice()
    {
        _thinking?.Cancel();
        _thinking?.Dispose();
        _thinking = null;
        board.Tips = [];
    }

    private void TellTyping(ChatView chat, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _toldTyping < TellTypingEvery)
            return;
        _toldTyping = now;
        _ = QuietlyAsync(() => user.Hub(cancellationToken).SetTyping(new() { ConversationId = chat.Id }));
    }

    private async Task MarkAsync(ChatView chat, long seq, CancellationToken cancellationToken)
    {
        var marked = await QuietlyAsync(() => user.Hub(cancellationToken).MarkSeen(new() { ConversationId = chat.Id, Seq = seq }));
        loop.TryPut(() =>
        {
            _marking = false;
            if (marked)
                chat.MarkedSeq = Math.Max(chat.MarkedSeq, seq);
        });
    }

    private Task<bool> AdviseAsync(string name, string intro, CancellationToken cancellationToken) => QuietlyAsync(async () =>
    {
        await Task.Delay(Pause, time, cancellationToken);
        var hub = user.Hub(cancellationToken);
        var profile = await hub.GetProfile(new() { Username = name });
        var advice = await hub.AdviseIntro(new() { RecipientId = profile.UserId, Text = intro });
        await loop.PutAsync(() => board.Tips = cancellationToken.IsCancellationRequested ? [] : [.. advice.Tips.Select(tip => tip.Text)], cancellationToken);
    });

    private static async Task<bool> QuietlyAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception e) when (e is ChatHubException or ChatHubUnreachableException or OperationCanceledException)
        {
            return false;
        }
    }
}
