namespace ChatHub.Contracts;

/// <summary>GET /api/moderation/users/{userId}: what moderators know of a user; of each list the latest 100, newest first.</summary>
public sealed record ModeratedUser
{
    /// <summary>The user, removed or not.</summary>
    public required UserCard User { get; init; }

    /// <summary>The ban that holds now; null where none does.</summary>
    public Ban? Ban { get; init; }

    /// <summary>Reports on the user, open and resolved.</summary>
    public required IReadOnlyList<ReportSummary> Reports { get; init; }

    /// <summary>Bans, also those that have ended.</summary>
    public required IReadOnlyList<BanRecord> Bans { get; init; }

    /// <summary>Warnings.</summary>
    public required IReadOnlyList<WarningRecord> Warnings { get; init; }

    /// <summary>Moderators' notes on the user.</summary>
    public required IReadOnlyList<ModeratorNote> Notes { get; init; }
}
