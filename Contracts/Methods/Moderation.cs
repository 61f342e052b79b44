namespace ChatHub.Contracts;

/// <summary>A report in the moderators' queue, with its own copy of the evidence.</summary>
public sealed record ReportCase
{
    public required string ReportId { get; init; }
    public required UserCard Reporter { get; init; }
    public required UserCard Reported { get; init; }
    public required ReportReason Reason { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required ReportState State { get; init; }
    public ReportAction? Resolution { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The moderator's user id.</summary>
    public string? ResolvedBy { get; init; }
    public required IReadOnlyList<ReportEvidence> Evidence { get; init; }
}

/// <summary>What was said, as it was when it was reported: of a request, or of a message.</summary>
public sealed record ReportEvidence
{
    public string? RequestId { get; init; }
    public string? ConversationId { get; init; }
    public long? Seq { get; init; }
    public required string SenderId { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset SentAt { get; init; }
}

public enum ReportState
{
    Open,
    Resolved,
}

public enum ReportAction
{
    Dismiss,
    Ban,
}

/// <summary>POST /api/moderation/reports/{id}/resolve. Without hours a ban holds until it is lifted.</summary>
public sealed record ResolveReportInput
{
    public ReportAction? Action { get; init; }
    public int? Hours { get; init; }
    public string? Reason { get; init; }
}

/// <summary>PUT /api/moderation/bans/{userId}. Without hours it holds until it is lifted.</summary>
public sealed record BanInput
{
    public int? Hours { get; init; }
    public string? Reason { get; init; }
}

/// <summary>A ban from messaging that holds.</summary>
public sealed record Ban
{
    public required string UserId { get; init; }
    public required DateTimeOffset BannedAt { get; init; }

    /// <summary>Null: until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }
    public string? Reason { get; init; }
}
