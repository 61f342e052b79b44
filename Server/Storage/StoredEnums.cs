namespace ChatHub.Server.Storage;

/// <summary>
/// Enum members as SQL text has them: with <see cref="Contracts"/>' order they are the storage format, which
/// Tests/Storage/StoredEnumsTests pins. Constants, so that SQL stays constant text.
/// </summary>
public static class StoredEnums
{
    /// <summary><c>MessagingPolicy.Nobody</c>.</summary>
    public const string PolicyNobody = "2";

    /// <summary><c>RequestState.Pending</c>.</summary>
    public const string RequestPending = "0";

    /// <summary><c>RequestState.Accepted</c>.</summary>
    public const string RequestAccepted = "1";

    /// <summary><c>RequestState.Withdrawn</c>.</summary>
    public const string RequestWithdrawn = "2";

    /// <summary><c>RequestState.Expired</c>.</summary>
    public const string RequestExpired = "3";

    /// <summary><c>RequestEntry.Main</c>, and <c>RequestFolder.Main</c>.</summary>
    public const string EntryMain = "0";

    /// <summary><c>RequestEntry.Filtered</c>.</summary>
    public const string EntryFiltered = "1";

    /// <summary><c>RequestEntry.Deleted</c>.</summary>
    public const string EntryDeleted = "2";

    /// <summary><c>RequestEntry.Accepted</c>.</summary>
    public const string EntryAccepted = "3";
}
