using ChatHub.Client.Sending;
using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>
/// Takes messages at any time, connected or not, and sees that each arrives once: it sends again with the same
/// <c>clientId</c> until the server has answered, and keeps the order within each conversation. With
/// <see cref="ChatHubMessengerOptions.OutboxFile"/> it also survives the program's end. Safe for use from several threads.
/// </summary>
public sealed class Outbox : IDisposable
{
    // The server carries out only so many calls of a connection at once; the rest of them is for the application.
    private const int SendingAtOnce = 4;

    // The server remembers clientIds for 24 hours at least. Sent again later, a message might arrive twice.
    private static readonly TimeSpan SafeToRepeat = TimeSpan.FromHours(23);

    private readonly EnduringCalls _calls;
    private readonly PendingItems _pending;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turns = new(SendingAtOnce);
    private readonly CancellationToken _stopping;
    private readonly string? _file;

    internal Outbox(EnduringCalls calls, ChatHubMessengerOptions options, CancellationToken stopping)
    {
        _calls = calls;
        _pending = new(options.OutboxCapacity);
        _file = options.OutboxFile;
        _time = options.TimeProvider;
        _stopping = stopping;
    }

    /// <summary>What is not yet known to have arrived, oldest first.</summary>
    public IReadOnlyList<OutboxItem> Pending => _pending.All;

    /// <summary>
    /// Raised when a message will never arrive, with the reason; also for messages of an earlier run, which nobody else
    /// waits for. Handlers must not block or throw.
    /// </summary>
    public event Action<OutboxItem, Exception>? Failed;

    /// <summary>Takes a message. With a file it is on the disk when this returns.</summary>
    /// <param name="conversationId">An open conversation of the user's.</param>
    /// <param name="text">1..4,000 characters after trimming.</param>
    /// <returns>The message on its way; to wait for it, await <see cref="OutboxItem.Sent"/>.</returns>
    /// <exception cref="ChatHubException"><c>invalid_argument</c>: the text is empty, too long or malformed.</exception>
    /// <exception cref="InvalidOperationException"><see cref="ChatHubMessengerOptions.OutboxCapacity"/> is reached.</exception>
    public OutboxItem Send(string conversationId, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(conversationId);
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        var item = new OutboxItem(
            ClientIds.New(), conversationId, Arguments.Text(text, "text", 1, Limits.MessageTextMax), _time.GetUtcNow());
        if (_pending.Add(item))
            _ = SendAllAsync(conversationId);
        return item;
    }

    /// <summary>Goes on with what an earlier run left.</summary>
    internal void Open()
    {
        if (_file is null)
            return;
        foreach (var conversationId in _pending.Restore(_file))
            _ = SendAllAsync(conversationId);
    }

    /// <summary>The messenger's to call.</summary>
    void IDisposable.Dispose()
    {
        _pending.Dispose();
        _turns.Dispose();
    }

    /// <summary>Sends what a conversation has, one after the other, until nothing is left.</summary>
    private async Task SendAllAsync(string conversationId)
    {
        bool more;
        do
        {
            var item = _pending.First(conversationId);
            Action settle;
            try
            {
                var answer = await SendAsync(item).ConfigureAwait(false);
                settle = () => item.Succeed(answer);
            }
            catch (Exception e) when (_stopping.IsCancellationRequested || e is ChatHubException { Code: ErrorCodes.Unauthenticated })
            {
                // Not this message's fault: it stays for another run.
                return;
            }
            catch (Exception e)
            {
                settle = () => Fail(item, e);
            }

            more = _pending.Remove(item);
            settle();
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
        await _turns.WaitAsync(_stopping).ConfigureAwait(false);
        try
        {
            return await _calls.UntilAnsweredAsync(hub => TryAsync(hub, item), _stopping).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    private Task<MessageReceived> TryAsync(IChatHub hub, OutboxItem item)
    {
        var now = _time.GetUtcNow();
        if (now - item.TriedAt > SafeToRepeat)
            throw new TimeoutException("The message was sent without an answer so long ago that sending it again might send it twice.");

        _pending.Tried(item, now);
        return hub.SendMessage(new() { ConversationId = item.ConversationId, Text = item.Text, ClientId = item.ClientId });
    }
}
