using ChatHub.Contracts;

namespace ChatHub.Client;

/// <summary>A message on its way: kept, and sent again with the same <see cref="ClientId"/>, until the server has answered.</summary>
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

    /// <summary>The idempotency key; the message bears it, too.</summary>
    public string ClientId { get; }
    public string ConversationId { get; }
    public string Text { get; }
    public DateTimeOffset AddedAt { get; }

    /// <summary>
    /// Completes when the server has the message. Fails with <see cref="ChatHubException"/> when the server refuses it for
    /// good, and with <see cref="TimeoutException"/> when after an unanswered attempt so much time has passed that sending
    /// again might send twice. It is cancelled when the messenger is disposed before.
    /// </summary>
    public Task<MessageReceived> Sent => _sent.Task;

    /// <summary>When the first attempt was made, whose outcome may be unknown.</summary>
    internal DateTimeOffset? TriedAt { get; set; }

    internal void Succeed(MessageReceived answer) => _sent.TrySetResult(answer);

    internal void Cancel() => _sent.TrySetCanceled();

    internal void Fail(Exception reason)
    {
        _sent.TrySetException(reason);

        // Nobody may be waiting for it: then it is not unobserved either.
        _ = _sent.Task.Exception;
    }
}
