namespace ChatHub.Contracts;

/// <summary>The limits of the wire. Lengths count Unicode scalar values, texts after trimming.</summary>
public static class Limits
{
    public const int UsernameMin = 3;
    public const int UsernameMax = 30;
    public const int PasswordMin = 8;
    public const int PasswordMax = 128;
    public const int DisplayNameMax = 50;
    public const int BioMax = 160;
    public const int MaxAgeYears = 120;
    public const int RequestTextMax = 500;
    public const int MessageTextMax = 4_000;
    public const int ClientIdMax = 64;
    public const int QueryMin = 2;
    public const int QueryMax = 50;
    public const int ReportNoteMax = 1_000;
    public const int HostUserIdMax = 64;
    public const int WebAddressMax = 500;
    public const int HiddenWordsMax = 200;
    public const int HiddenWordMax = 50;

    /// <summary>Characters of all hidden words together.</summary>
    public const int HiddenWordsCharactersMax = 2_000;
    public const int MinAccountAgeDaysMax = 365;
    public const int PageMax = 100;

    /// <summary>How many requests DeleteRequests takes by their ids.</summary>
    public const int RequestIdsMax = 100;
    public const int PageDefault = 30;

    /// <summary>The largest hub message, in bytes, without what frames it.</summary>
    public const int HubMessageBytes = 64 * 1024;

    /// <summary>What frames a hub message at most: a length before it, or a separator behind it.</summary>
    public const int HubFramingBytes = 5;

    /// <summary>The hub's path.</summary>
    public const string HubPath = "/hubs/chat";
}
