namespace ChatHub.Contracts;

/// <summary>What a moderator does about a report.</summary>
public enum ReportAction
{
    /// <summary>Nothing.</summary>
    Dismiss,

    /// <summary>The reported user is warned: <see cref="Me.Warning"/>.</summary>
    Warn,

    /// <summary>The reported user is banned from messaging.</summary>
    Ban,
}
