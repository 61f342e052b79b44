namespace ChatHub.Contracts;

/// <summary>A message request, as the caller sees it: for its sender a deleted one keeps reading pending.</summary>
public sealed record Request
{
    /// <summary>The opaque id.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whether the caller received or sent it.</summary>
    public required RequestDirection Direction { get; init; }

    /// <summary>Who sent it.</summary>
    public required UserCard Sender { get; init; }

    /// <summary>Who receives it.</summary>
    public required UserCard Recipient { get; init; }

    /// <summary>The introduction, 1 to 500 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The present state.</summary>
    public required RequestState State { get; init; }

    /// <summary>When it was accepted; null before.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The conversation that its acceptance opened; null before.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The folder it is in; for its recipient alone, until it is accepted.</summary>
    public RequestFolder? Folder { get; init; }

    /// <summary>What helps its recipient to decide; in GetRequest, for the recipient alone.</summary>
    public RequestContext? Context { get; init; }
}
