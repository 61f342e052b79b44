namespace ChatHub.Contracts;

// What hub methods take. Every property may be missing on the wire, so that its absence gets an error that names it.

/// <summary>The input of a method without parameters: <c>{}</c>.</summary>
public sealed record EmptyInput;

/// <summary>The input of a paged list.</summary>
public record PageInput
{
    /// <summary>The <c>nextCursor</c> of the page before; none for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>1..100, 30 when absent.</summary>
    public int? Limit { get; init; }
}

/// <summary>The input of SearchUsers.</summary>
public sealed record SearchUsersInput : PageInput
{
    /// <summary>The search text, 2 to 50 characters.</summary>
    public string? Query { get; init; }
}

/// <summary>The input of ListRequests.</summary>
public sealed record ListRequestsInput : PageInput
{
    /// <summary>Received or sent requests. Required.</summary>
    public RequestDirection? Direction { get; init; }

    /// <summary>Pending by default for incoming, all by default for outgoing.</summary>
    public RequestFilter? State { get; init; }
}

/// <summary>The input of methods about one user.</summary>
public sealed record UserInput
{
    /// <summary>The user's id.</summary>
    public string? UserId { get; init; }
}

/// <summary>The input of methods about one request.</summary>
public sealed record RequestInput
{
    /// <summary>The request's id.</summary>
    public string? RequestId { get; init; }
}

/// <summary>The input of methods about one conversation.</summary>
public sealed record ConversationInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }
}

/// <summary>Either of the two.</summary>
public sealed record GetProfileInput
{
    /// <summary>The user by id.</summary>
    public string? UserId { get; init; }

    /// <summary>The user by username.</summary>
    public string? Username { get; init; }
}

/// <summary>What is absent stays as it is; an empty bio removes it.</summary>
public sealed record UpdateProfileInput
{
    /// <summary>1 to 50 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Up to 160 characters.</summary>
    public string? Bio { get; init; }
}

/// <summary>What is absent stays as it is.</summary>
public sealed record UpdateSettingsInput
{
    /// <summary>Who may reach the user.</summary>
    public MessagingPolicy? MessagingPolicy { get; init; }

    /// <summary>Whether peers learn that the user has seen their messages.</summary>
    public bool? SendSeenReceipts { get; init; }

    /// <summary>Whether peers learn that the user is online.</summary>
    public bool? ShowPresence { get; init; }
}

/// <summary>The input of AdviseIntro.</summary>
public sealed record AdviseIntroInput
{
    /// <summary>The recipient's user id.</summary>
    public string? RecipientId { get; init; }

    /// <summary>The introduction so far, up to 500 characters.</summary>
    public string? Text { get; init; }
}

/// <summary>The input of SendRequest.</summary>
public sealed record SendRequestInput
{
    /// <summary>The recipient's user id.</summary>
    public string? RecipientId { get; init; }

    /// <summary>The introduction, 1 to 500 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The idempotency key: one scope per sender over SendRequest and SendMessage.</summary>
    public string? ClientId { get; init; }
}

/// <summary>The input of SendMessage.</summary>
public sealed record SendMessageInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>1 to 4,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The idempotency key: one scope per sender over SendRequest and SendMessage.</summary>
    public string? ClientId { get; init; }
}

/// <summary>At most one of before and after; neither gives the latest page.</summary>
public sealed record GetMessagesInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Messages with a lower seq, the nearest ones.</summary>
    public long? Before { get; init; }

    /// <summary>Messages with a higher seq, the nearest ones.</summary>
    public long? After { get; init; }

    /// <summary>1 to 100 items, 30 by default.</summary>
    public int? Limit { get; init; }
}

/// <summary>The input of MarkSeen.</summary>
public sealed record MarkSeenInput
{
    /// <summary>The conversation's id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Everything of the peer's up to this seq was seen.</summary>
    public long? Seq { get; init; }
}

/// <summary>The input of Report.</summary>
public sealed record ReportInput
{
    /// <summary>Who is reported.</summary>
    public string? UserId { get; init; }

    /// <summary>Why. Required.</summary>
    public ReportReason? Reason { get; init; }

    /// <summary>The reporter's note, up to 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>A request as evidence.</summary>
    public string? RequestId { get; init; }

    /// <summary>The conversation whose messages are evidence.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The messages, up to 100; null for the latest 30.</summary>
    public IReadOnlyList<long>? Seqs { get; init; }
}

/// <summary>The input of Sync.</summary>
public sealed record SyncInput
{
    /// <summary>The epoch of the client's data.</summary>
    public string? Epoch { get; init; }

    /// <summary>The version of the client's data.</summary>
    public long? After { get; init; }

    /// <summary>1 to 100 items, 30 by default; a version is never split.</summary>
    public int? Limit { get; init; }
}
