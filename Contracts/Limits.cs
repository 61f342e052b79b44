namespace ChatHub.Contracts;

/// <summary>The limits of the wire. Lengths count Unicode scalar values, texts after trimming.</summary>
public static class Limits
{
    /// <summary>The shortest username.</summary>
    public const int UsernameMin = 3;

    /// <summary>The longest username.</summary>
    public const int UsernameMax = 30;

    /// <summary>The longest username that a host application brings.</summary>
    public const int HostUsernameMax = 64;

    /// <summary>The shortest password.</summary>
    public const int PasswordMin = 8;

    /// <summary>The longest password.</summary>
    public const int PasswordMax = 128;

    /// <summary>The longest display name.</summary>
    public const int DisplayNameMax = 50;

    /// <summary>The longest bio.</summary>
    public const int BioMax = 160;

    /// <summary>The oldest birth date, in years.</summary>
    public const int MaxAgeYears = 120;

    /// <summary>The longest request text.</summary>
    public const int RequestTextMax = 500;

    /// <summary>The longest message text.</summary>
    public const int MessageTextMax = 4_000;

    /// <summary>The longest reaction, in bytes of UTF-8.</summary>
    public const int EmojiBytesMax = 64;

    /// <summary>How long after sending a message can be edited, in minutes.</summary>
    public const int EditMinutes = 15;

    /// <summary>The most conversations that a user can pin.</summary>
    public const int PinnedMax = 20;

    /// <summary>The longest idempotency key.</summary>
    public const int ClientIdMax = 64;

    /// <summary>The shortest search text.</summary>
    public const int QueryMin = 2;

    /// <summary>The longest search text.</summary>
    public const int QueryMax = 50;

    /// <summary>The longest note of a report.</summary>
    public const int ReportNoteMax = 1_000;

    /// <summary>The notes of one report.</summary>
    public const int ReportNotesMax = 20;

    /// <summary>The messages and requests of one report.</summary>
    public const int ReportEvidenceMax = 500;

    /// <summary>The messages that one call may name.</summary>
    public const int ReportSeqsMax = 100;

    /// <summary>The longest note of a moderator.</summary>
    public const int ModeratorNoteMax = 1_000;

    /// <summary>The longest reason of a ban or a warning.</summary>
    public const int ModerationReasonMax = 500;

    /// <summary>The longest user id of a host application.</summary>
    public const int HostUserIdMax = 64;

    /// <summary>The longest URL.</summary>
    public const int WebAddressMax = 500;

    /// <summary>The most push subscriptions of one user.</summary>
    public const int PushSubscriptionsMax = 10;

    /// <summary>The longest id of a push subscription.</summary>
    public const int PushSubscriptionIdMax = 64;

    /// <summary>The longest endpoint of a push subscription.</summary>
    public const int PushEndpointMax = 1_000;

    /// <summary>The most hidden words of one user.</summary>
    public const int HiddenWordsMax = 200;

    /// <summary>The longest hidden word.</summary>
    public const int HiddenWordMax = 50;

    /// <summary>The characters of all hidden words together.</summary>
    public const int HiddenWordsCharactersMax = 2_000;

    /// <summary>The highest <c>minAccountAgeDays</c>.</summary>
    public const int MinAccountAgeDaysMax = 365;

    /// <summary>The most invite codes of one call.</summary>
    public const int InvitesMax = 100;

    /// <summary>The longest validity of an invite code, in hours.</summary>
    public const int InviteHoursMax = 365 * 24;

    /// <summary>The most items of a page.</summary>
    public const int PageMax = 100;

    /// <summary>The most ids that DeleteRequests takes.</summary>
    public const int RequestIdsMax = 100;

    /// <summary>The items of a page by default.</summary>
    public const int PageDefault = 30;

    /// <summary>The UTF-8 bytes of text in a page; one item always fits.</summary>
    public const int PageTextBytes = 256 * 1024;

    /// <summary>The display name of a removed account.</summary>
    public const string RemovedDisplayName = "Removed user";

    /// <summary>The largest hub message, in bytes, without what frames it.</summary>
    public const int HubMessageBytes = 64 * 1024;

    /// <summary>What frames a hub message at most: a length before it, or a separator behind it.</summary>
    public const int HubFramingBytes = 5;

    /// <summary>The hub's path.</summary>
    public const string HubPath = "/hubs/chat";
}
