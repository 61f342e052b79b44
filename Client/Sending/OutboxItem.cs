using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>A message on its way: kept, and resent with the same <see cref="ClientId"/>, until the server responds.</summary>
public sealed class OutboxItem
{
    private readonly TaskCompletionSource<MessageReceived> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal OutboxItem(string clientId, string conversationId, string text, DateTimeOffset addedAt)
    {
        ClientId = clientId;
        ConversationId = conversationId;
        Text = text;
        AddedAt = addedAt;
    }

    /// <summary>The idempotency key; the sent message carries it, too.</summary>
    public string ClientId { get; }

    /// <summary>The conversation it goes to.</summary>
    public string ConversationId { get; }

    /// <summary>The text, trimmed.</summary>
    public string Text { get; }

    /// <summary>When it was added to the outbox, by this machine's clock.</summary>
    public DateTimeOffset AddedAt { get; }

    /// <summary>
    /// Completes when the server has stored the message. Fails with <see cref="ChatHubException"/> when the server refuses
    /// it permanently, and with <see cref="TimeoutException"/> when an attempt without a response is so old that resending
    /// might store it twice. Cancelled when the messenger is disposed before.
    /// </summary>
    public Task<MessageReceived> Sent => _sent.Task;

    /// <summary>When the first attempt was made, the outcome of which may be unknown.</summary>
    internal DateTimeOffset? AttemptedAt { get; set; }

    internal void Succeed(MessageReceived result) => _sent.TrySetResult(result);

    internal void Cancel() => _sent.TrySetCanceled();

    internal void Fail(Exception reason)
    {
        _sent.TrySetException(reason);

        // Without an awaiter the exception would be reported as unobserved.
        _ = _sent.Task.Exception;
    }
}
