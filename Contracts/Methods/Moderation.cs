namespace ChatHub.Contracts;

/// <summary>A report in the moderators' queue, with its own copy of the evidence.</summary>
public sealed record ReportCase
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }

    /// <summary>Who reported.</summary>
    public required UserCard Reporter { get; init; }

    /// <summary>Who was reported.</summary>
    public required UserCard Reported { get; init; }

    /// <summary>The reason.</summary>
    public required ReportReason Reason { get; init; }

    /// <summary>The reporter's note, up to 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Whether a moderator has resolved it.</summary>
    public required ReportState State { get; init; }

    /// <summary>What the moderator did; null while open.</summary>
    public ReportAction? Resolution { get; init; }

    /// <summary>When; null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The moderator's user id.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>What was said, as it was when it was reported.</summary>
    public required IReadOnlyList<ReportEvidence> Evidence { get; init; }
}

/// <summary>What was said, as it was when it was reported: of a request, or of a message.</summary>
public sealed record ReportEvidence
{
    /// <summary>The request, if it is one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The conversation, if it is a message.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The seq, if it is a message.</summary>
    public long? Seq { get; init; }

    /// <summary>The sender's user id.</summary>
    public required string SenderId { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }
}

/// <summary>The state of a report.</summary>
public enum ReportState
{
    /// <summary>In the queue.</summary>
    Open,

    /// <summary>Resolved by a moderator.</summary>
    Resolved,
}

/// <summary>What a moderator does about a report.</summary>
public enum ReportAction
{
    /// <summary>Nothing.</summary>
    Dismiss,

    /// <summary>The reported user is banned from messaging.</summary>
    Ban,
}

/// <summary>POST /api/moderation/reports/{id}/resolve. Without hours a ban holds until it is lifted.</summary>
public sealed record ResolveReportInput
{
    /// <summary>What to do. Required.</summary>
    public ReportAction? Action { get; init; }

    /// <summary>The length of the ban in hours; null until it is lifted.</summary>
    public int? Hours { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }
}

/// <summary>PUT /api/moderation/bans/{userId}. Without hours it holds until it is lifted.</summary>
public sealed record BanInput
{
    /// <summary>The length of the ban in hours; null until it is lifted.</summary>
    public int? Hours { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }
}

/// <summary>A ban from messaging that holds.</summary>
public sealed record Ban
{
    /// <summary>Who is banned.</summary>
    public required string UserId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset BannedAt { get; init; }

    /// <summary>Null: until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason that the banned user reads.</summary>
    public string? Reason { get; init; }
}
