namespace ChatHub.Contracts;

/// <summary>
/// A line of GET /api/me/export. <see cref="Type"/> names the one other property that is there; messages follow their
/// conversation.
/// </summary>
public sealed record ExportLine
{
    public required ExportType Type { get; init; }
    public ExportAccount? Account { get; init; }
    public ExportAvatar? Avatar { get; init; }
    public ExportSession? Session { get; init; }
    public UserCard? Following { get; init; }
    public UserCard? Follower { get; init; }
    public UserCard? Blocked { get; init; }
    public Request? Request { get; init; }
    public Conversation? Conversation { get; init; }
    public Message? Message { get; init; }
    public ExportReport? Report { get; init; }
}

public enum ExportType
{
    Account,
    Avatar,
    Session,
    Following,
    Follower,
    Blocked,
    Request,
    Conversation,
    Message,
    Report,
}

/// <summary>What is stored on the user alone. <see cref="BirthDate"/> is YYYY-MM-DD.</summary>
public sealed record ExportAccount
{
    public required Me Me { get; init; }
    public string? BirthDate { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>The user's picture.</summary>
public sealed record ExportAvatar
{
    public required string ContentType { get; init; }

    /// <summary>Base64.</summary>
    public required string Content { get; init; }
}

/// <summary>A browser that is signed in.</summary>
public sealed record ExportSession
{
    public required DateTimeOffset UsedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A report that the user made.</summary>
public sealed record ExportReport
{
    public required string ReportId { get; init; }
    public required UserCard Reported { get; init; }
    public required IReadOnlyList<ReportReason> Reasons { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
}
