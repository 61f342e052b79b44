using ChatHub.Contracts;

namespace ChatHub.Server.Requests;

/// <summary>A request as it is first written.</summary>
public sealed record NewRequest
{
    public required string RequestId { get; init; }
    public required long SenderKey { get; init; }
    public required long RecipientKey { get; init; }
    public required string ClientId { get; init; }
    public required string Text { get; init; }
    public required long SentAt { get; init; }
    public required long ExpiresAt { get; init; }
    public required RequestState State { get; init; }

    /// <summary>It counts for the sender's day: not where the chat opened at once.</summary>
    public required bool Counted { get; init; }

    /// <summary>Main, filtered or suppressed; null where the chat opened at once.</summary>
    public RequestEntry? Entry { get; init; }

    /// <summary>The sender's account is younger than <see cref="Safety.AccountAge.Month"/>.</summary>
    public bool IsFromNewAccount { get; init; }
    public long? AcceptedAt { get; init; }
    public long? ConversationKey { get; init; }
    public required long SenderVersion { get; init; }

    /// <summary>0 where the recipient is shown nothing.</summary>
    public long RecipientVersion { get; init; }
}
