namespace ChatHub.Contracts;

/// <summary>The state of a report.</summary>
public enum ReportState
{
    /// <summary>In the queue.</summary>
    Open,

    /// <summary>Resolved by a moderator.</summary>
    Resolved,
}
