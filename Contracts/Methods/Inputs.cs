namespace ChatHub.Contracts;

// What hub methods take. Every property may be missing on the wire, so that its absence gets an error that names it.

public sealed record EmptyInput;

public record PageInput
{
    /// <summary>The <c>nextCursor</c> of the page before; none for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>1..100, 30 when absent.</summary>
    public int? Limit { get; init; }
}

public sealed record SearchUsersInput : PageInput
{
    public string? Query { get; init; }
}

public sealed record ListRequestsInput : PageInput
{
    public RequestDirection? Direction { get; init; }

    /// <summary>Pending by default for incoming, all by default for outgoing.</summary>
    public RequestFilter? State { get; init; }

    /// <summary>With incoming and pending only; main by default.</summary>
    public RequestFolder? Folder { get; init; }
}

public sealed record UserInput
{
    public string? UserId { get; init; }
}

public sealed record RequestInput
{
    public string? RequestId { get; init; }
}

/// <summary>Either the ids, or a folder with the newest request of those to delete: that one and all older.</summary>
public sealed record DeleteRequestsInput
{
    /// <summary>1..100; those that are not the caller's or do not wait are passed over.</summary>
    public IReadOnlyList<string>? RequestIds { get; init; }

    /// <summary>Main or filtered.</summary>
    public RequestFolder? Folder { get; init; }
    public string? UpToRequestId { get; init; }
}

public sealed record ConversationInput
{
    public string? ConversationId { get; init; }
}

/// <summary>Either of the two.</summary>
public sealed record GetProfileInput
{
    public string? UserId { get; init; }
    public string? Username { get; init; }
}

/// <summary>What is absent stays as it is; an empty bio removes it.</summary>
public sealed record UpdateProfileInput
{
    public string? DisplayName { get; init; }
    public string? Bio { get; init; }
}

/// <summary>What is absent stays as it is.</summary>
public sealed record UpdateSettingsInput
{
    public MessagingPolicy? MessagingPolicy { get; init; }
    public bool? SendSeenReceipts { get; init; }
    public bool? ShowPresence { get; init; }

    /// <summary>0..200 of 1..50 characters, 2,000 in all; they replace those that were there.</summary>
    public IReadOnlyList<string>? HiddenWords { get; init; }

    /// <summary>0..365.</summary>
    public int? MinAccountAgeDays { get; init; }
    public PushContent? PushContent { get; init; }
}

public sealed record AdviseIntroInput
{
    public string? RecipientId { get; init; }
    public string? Text { get; init; }
}

public sealed record SendRequestInput
{
    public string? RecipientId { get; init; }
    public string? Text { get; init; }

    /// <summary>The idempotency key: one scope per sender over SendRequest and SendMessage.</summary>
    public string? ClientId { get; init; }
}

public sealed record SendMessageInput
{
    public string? ConversationId { get; init; }
    public string? Text { get; init; }

    /// <summary>The idempotency key: one scope per sender over SendRequest and SendMessage.</summary>
    public string? ClientId { get; init; }
}

/// <summary>At most one of before and after; neither gives the latest page.</summary>
public sealed record GetMessagesInput
{
    public string? ConversationId { get; init; }
    public long? Before { get; init; }
    public long? After { get; init; }
    public int? Limit { get; init; }
}

public sealed record MarkSeenInput
{
    public string? ConversationId { get; init; }
    public long? Seq { get; init; }
}

public sealed record ReportInput
{
    public string? UserId { get; init; }
    public ReportReason? Reason { get; init; }
    public string? Note { get; init; }
    public string? RequestId { get; init; }
    public string? ConversationId { get; init; }
    public IReadOnlyList<long>? Seqs { get; init; }
}

public sealed record SyncInput
{
    public string? Epoch { get; init; }
    public long? After { get; init; }
    public int? Limit { get; init; }
}
