namespace ChatHub.Contracts;

/// <summary>Why a user is reported.</summary>
public enum ReportReason
{
    /// <summary>Insults, threats, pressure.</summary>
    Harassment,

    /// <summary>Advertising or fraud.</summary>
    Spam,

    /// <summary>Hate against a group.</summary>
    Hate,

    /// <summary>Unwanted sexual content.</summary>
    Sexual,

    /// <summary>Danger to a minor.</summary>
    MinorSafety,

    /// <summary>Another reason, given in the note.</summary>
    Other,
}
