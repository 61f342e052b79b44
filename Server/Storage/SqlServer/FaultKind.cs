namespace ChatHub.Server.Storage.SqlServer;

/// <summary>What a fault means for the transaction that met it. Whatever it was, that transaction has not committed.</summary>
internal enum FaultKind
{
    /// <summary>Run again, it would fail again.</summary>
    Permanent,

    /// <summary>Two transactions were in each other's way: at once, but not in step.</summary>
    Conflict,

    /// <summary>It met a row, or a user, that its rules had not seen yet: the next time they see it.</summary>
    Unseen,

    /// <summary>The database is away (restart, failover, network), read-only for the moment, or short of a resource.</summary>
    Outage,
}
