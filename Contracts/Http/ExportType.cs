namespace ChatHub.Contracts;

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

    /// <summary><see cref="ExportLine.EarlierText"/>.</summary>
    EarlierText,

    /// <summary><see cref="ExportLine.Report"/>.</summary>
    Report,

    /// <summary><see cref="ExportLine.PushSubscription"/>.</summary>
    PushSubscription,

    /// <summary><see cref="ExportLine.Warning"/>.</summary>
    Warning,

    /// <summary><see cref="ExportLine.Ban"/>.</summary>
    Ban,
}
