namespace ChatHub.Contracts;

/// <summary>What a moderator did.</summary>
public enum AuditAction
{
    /// <summary>Opened a report with its evidence.</summary>
    OpenReport,

    /// <summary>Resolved a report without a consequence.</summary>
    DismissReport,

    /// <summary>Warned a user.</summary>
    Warn,

    /// <summary>Banned a user.</summary>
    Ban,

    /// <summary>Lifted a ban.</summary>
    LiftBan,

    /// <summary>Wrote a note on a user.</summary>
    AddNote,
}
