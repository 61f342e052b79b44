namespace ChatHub.Contracts;

/// <summary>The caller, as the caller alone sees it.</summary>
public sealed record Me
{
    /// <summary>The user's card.</summary>
    public required UserCard User { get; init; }

    /// <summary>The profile text, up to 160 characters; null when empty.</summary>
    public string? Bio { get; init; }

    /// <summary>The privacy settings.</summary>
    public required Settings Settings { get; init; }

    /// <summary>The numbers behind the red dot.</summary>
    public required Badges Badges { get; init; }

    /// <summary>The database's epoch, renewed when a backup is restored: another one means that everything cached is invalid.</summary>
    public required string Epoch { get; init; }

    /// <summary>The user's version: every change of their inbox raises it by 1.</summary>
    public long Version { get; init; }

    /// <summary>Whether the user is banned from messaging.</summary>
    public bool IsBanned { get; init; }

    /// <summary>When the ban ends; null until it is lifted.</summary>
    public DateTimeOffset? BannedUntil { get; init; }

    /// <summary>The moderator's reason; null if none was given.</summary>
    public string? BanReason { get; init; }

    /// <summary>A moderator's latest warning; null where there was none.</summary>
    public Warning? Warning { get; init; }

    /// <summary>How many requests the user may still send within the current 24 hours.</summary>
    public int RequestsLeftToday { get; init; }
}
