using ChatHub.Client;
using ChatHub.Contracts;
using ChatHub.Terminal.FullScreen.Model;

namespace ChatHub.Terminal.FullScreen;

/// <summary>
/// Reports the person's activity to the server: visible messages are seen, keys are typing, and a pause while writing an
/// introduction requests advice on it. Failures are ignored: none of it matters enough for an error.
/// </summary>
internal sealed class ActivityReporter(ScreenUser user, ScreenModel model, EventLoop loop, TimeProvider time)
{
    private static readonly TimeSpan TypingInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AdviceDelay = TimeSpan.FromSeconds(0.5);

    private DateTimeOffset _typingSentAt;
    private bool _isMarking;
    private CancellationTokenSource? _advice;

    /// <summary>After each change: what is now on the screen is seen.</summary>
    public void MarkVisible(CancellationToken cancellationToken)
    {
        if (_isMarking || model is not { Page: ScreenPage.Chat, Connection: ConnectionState.Connected, Chat: { ScrolledUp: 0 } chat } || chat.LastOfPeer <= chat.MarkedSeq)
            return;
        _isMarking = true;
        _ = MarkAsync(chat, chat.LastOfPeer, cancellationToken);
    }

    /// <summary>The line that is being typed has changed.</summary>
    public void OnTyped(string text, CancellationToken cancellationToken)
    {
        EndAdvice();
        model.ShowsSeqs = model.Page == ScreenPage.Chat && text.StartsWith("/report", StringComparison.OrdinalIgnoreCase);
        if (model.Connection != ConnectionState.Connected)
            return;

        if (model is { Page: ScreenPage.Chat, Chat: { } chat } && text.Length > 0 && !text.StartsWith('/'))
            SendTyping(chat, cancellationToken);
        else if (text.TrimStart('/').Split(' ', 3) is ["request", { Length: > 0 } name, { Length: > 0 } intro])
        {
            _advice = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _ = AdviseAsync(name, intro, _advice.Token);
        }
    }

    /// <summary>The line was entered, or discarded.</summary>
    public void EndAdvice()
    {
        _advice?.Cancel();
        _advice?.Dispose();
        _advice = null;
        model.Tips = [];
    }

    private void SendTyping(ChatView chat, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _typingSentAt < TypingInterval)
            return;
        _typingSentAt = now;
        _ = IgnoringFailuresAsync(() => user.Hub(cancellationToken).SetTyping(new() { ConversationId = chat.Id }));
    }

    private async Task MarkAsync(ChatView chat, long seq, CancellationToken cancellationToken)
    {
        var marked = await IgnoringFailuresAsync(() => user.Hub(cancellationToken).MarkSeen(new() { ConversationId = chat.Id, Seq = seq }));
        loop.TryPost(() =>
        {
            _isMarking = false;
            if (marked)
                chat.MarkedSeq = Math.Max(chat.MarkedSeq, seq);
        });
    }

    private Task<bool> AdviseAsync(string name, string intro, CancellationToken cancellationToken) => IgnoringFailuresAsync(async () =>
    {
        await Task.Delay(AdviceDelay, time, cancellationToken);
        var hub = user.Hub(cancellationToken);
        var profile = await hub.GetProfile(new() { Username = name });
        var advice = await hub.AdviseIntro(new() { RecipientId = profile.UserId, Text = intro });
        await loop.PostAsync(() => model.Tips = cancellationToken.IsCancellationRequested ? [] : [.. advice.Tips.Select(tip => tip.Text)], cancellationToken);
    });

    private static async Task<bool> IgnoringFailuresAsync(Func<Task> call)
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
