namespace ChatHub.Contracts;

/// <summary>
/// A line of GET /api/me/export. <see cref="Type"/> names the one other property that is there; messages follow their
/// conversation.
/// </summary>
public sealed record ExportLine
{
    /// <summary>The kind of the line.</summary>
    public required ExportType Type { get; init; }

    /// <summary>The account.</summary>
    public ExportAccount? Account { get; init; }

    /// <summary>The picture.</summary>
    public ExportAvatar? Avatar { get; init; }

    /// <summary>A session.</summary>
    public ExportSession? Session { get; init; }

    /// <summary>A user whom the user follows.</summary>
    public UserCard? Following { get; init; }

    /// <summary>A user who follows the user.</summary>
    public UserCard? Follower { get; init; }

    /// <summary>A user whom the user blocks.</summary>
    public UserCard? Blocked { get; init; }

    /// <summary>A request.</summary>
    public Request? Request { get; init; }

    /// <summary>A conversation.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>A message.</summary>
    public Message? Message { get; init; }

    /// <summary>A report by the user.</summary>
    public ExportReport? Report { get; init; }
}

/// <summary>The kinds of export lines: each names the property that is present.</summary>
public enum ExportType
{
    /// <summary><see cref="ExportLine.Account"/>.</summary>
    Account,

    /// <summary><see cref="ExportLine.Avatar"/>.</summary>
    Avatar,

    /// <summary><see cref="ExportLine.Session"/>.</summary>
    Session,

    /// <summary><see cref="ExportLine.Following"/>.</summary>
    Following,

    /// <summary><see cref="ExportLine.Follower"/>.</summary>
    Follower,

    /// <summary><see cref="ExportLine.Blocked"/>.</summary>
    Blocked,

    /// <summary><see cref="ExportLine.Request"/>.</summary>
    Request,

    /// <summary><see cref="ExportLine.Conversation"/>.</summary>
    Conversation,

    /// <summary><see cref="ExportLine.Message"/>.</summary>
    Message,

    /// <summary><see cref="ExportLine.Report"/>.</summary>
    Report,
}

/// <summary>What is stored on the user alone. <see cref="BirthDate"/> is YYYY-MM-DD.</summary>
public sealed record ExportAccount
{
    /// <summary>The user.</summary>
    public required Me Me { get; init; }

    /// <summary>The birth date as YYYY-MM-DD.</summary>
    public string? BirthDate { get; init; }

    /// <summary>When the account was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user was last online; null when hidden or unknown.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>The user's picture.</summary>
public sealed record ExportAvatar
{
    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Base64.</summary>
    public required string Content { get; init; }
}

/// <summary>A browser that is signed in.</summary>
public sealed record ExportSession
{
    /// <summary>When it was last refreshed.</summary>
    public required DateTimeOffset UsedAt { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A report that the user made.</summary>
public sealed record ExportReport
{
    /// <summary>The report's id.</summary>
    public required string ReportId { get; init; }

    /// <summary>Who was reported.</summary>
    public required UserCard Reported { get; init; }

    /// <summary>Why.</summary>
    public required ReportReason Reason { get; init; }

    /// <summary>The reporter's note, up to 1,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
}
