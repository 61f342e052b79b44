using ChatHub.Client.Sending;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// Accepts messages at any time, connected or not, and delivers each to the server exactly once: it resends with the same
/// <c>clientId</c> until the server responds, and keeps the order within each conversation. With
/// <see cref="ChatHubMessengerOptions.OutboxFile"/> messages survive the process. Thread-safe.
/// </summary>
public sealed class Outbox : IDisposable
{
    // The server carries out a limited number of calls per connection at once; the application needs its share.
    private const int MaxConcurrentSends = 4;

    // The server keeps idempotency keys for at least 24 hours. Resent later, a message might be stored twice.
    private static readonly TimeSpan MaxResendAge = TimeSpan.FromHours(23);

    private readonly RetryingCaller _caller;
    private readonly OutboxQueue _queue;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots = new(MaxConcurrentSends);
    private readonly CancellationToken _stopping;
    private readonly string? _file;

    internal Outbox(RetryingCaller caller, ChatHubMessengerOptions options, CancellationToken stopping)
    {
        _caller = caller;
        _queue = new(options.OutboxCapacity);
        _file = options.OutboxFile;
        _time = options.TimeProvider;
        _stopping = stopping;
    }

    /// <summary>Messages that the server has not confirmed yet, oldest first.</summary>
    public IReadOnlyList<OutboxItem> Pending => _queue.All;

    /// <summary>
    /// Raised when a message failed permanently, with the reason; the only notification for messages of an earlier run.
    /// Handlers must not block or throw.
    /// </summary>
    public event Action<OutboxItem, Exception>? Failed;

    /// <summary>Adds a message. With a file it is on disk when this returns.</summary>
    /// <param name="conversationId">One of the user's open conversations.</param>
    /// <param name="text">1..4,000 characters after trimming.</param>
    /// <returns>The message; to wait until the server has it, await <see cref="OutboxItem.Sent"/>.</returns>
    /// <exception cref="ChatHubException"><c>invalid_argument</c>: the text is empty, too long or malformed.</exception>
    /// <exception cref="InvalidOperationException"><see cref="ChatHubMessengerOptions.OutboxCapacity"/> is exhausted.</exception>
    public OutboxItem Send(string conversationId, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(conversationId);
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        var item = new OutboxItem(
            ClientIds.New(), conversationId, Arguments.Text(text, "text", 1, Limits.MessageTextMax), _time.GetUtcNow());
        if (_queue.Add(item))
            _ = SendAllAsync(conversationId);
        return item;
    }

    /// <summary>Resumes what an earlier run left.</summary>
    internal void Open()
    {
        if (_file is null)
            return;
        foreach (var conversationId in _queue.Restore(_file))
            _ = SendAllAsync(conversationId);
    }

    /// <summary>Called by the messenger.</summary>
    void IDisposable.Dispose()
    {
        _queue.Dispose();
        _slots.Dispose();
    }

    /// <summary>Sends a conversation's messages one at a time until none is left.</summary>
    private async Task SendAllAsync(string conversationId)
    {
        bool more;
        do
        {
            var item = _queue.First(conversationId);
            Action complete;
            try
            {
                var result = await SendAsync(item).ConfigureAwait(false);
                complete = () => item.Succeed(result);
            }
            catch (Exception e) when (_stopping.IsCancellationRequested || e is ChatHubException { Code: ErrorCodes.Unauthenticated })
            {
                // Not a failure of this message: it stays for another run.
                return;
            }
            catch (Exception e)
            {
                complete = () => Fail(item, e);
            }

            more = _queue.Remove(item);
            complete();
        }
        while (more);
    }

    private void Fail(OutboxItem item, Exception reason)
    {
        item.Fail(reason);
        Failed?.Invoke(item, reason);
    }

    private async Task<MessageReceived> SendAsync(OutboxItem item)
    {
        await _slots.WaitAsync(_stopping).ConfigureAwait(false);
        try
        {
            return await _caller.InvokeAsync(hub => AttemptAsync(hub, item), _stopping).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    private Task<MessageReceived> AttemptAsync(IChatHub hub, OutboxItem item)
    {
        var now = _time.GetUtcNow();
        if (now - item.AttemptedAt > MaxResendAge)
            throw new TimeoutException("The message was sent without a response so long ago that resending it might store it twice.");

        _queue.MarkAttempted(item, now);
        return hub.SendMessage(new() { ConversationId = item.ConversationId, Text = item.Text, ClientId = item.ClientId });
    }
}
