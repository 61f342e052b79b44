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

    /// <summary>A text that one of the user's messages had before an edit or a removal.</summary>
    public ExportEarlierText? EarlierText { get; init; }

    /// <summary>A report by the user.</summary>
    public ExportReport? Report { get; init; }

    /// <summary>A browser that gets notifications.</summary>
    public ExportPushSubscription? PushSubscription { get; init; }

    /// <summary>A warning that the user was given.</summary>
    public Warning? Warning { get; init; }

    /// <summary>A ban of the user, which may be over.</summary>
    public ExportBan? Ban { get; init; }
}
