namespace ChatHub.Server.Storage;

/// <summary>
/// The users that a command concerns, named by user, conversation, request or report. SQL Server locks these users' rows
/// before the command's first read and holds them until its commit, in the order of their keys, so that what the rules
/// have read still holds when they write. SQLite has one writer and ignores the scope.
/// An id that does not exist locks nothing.
/// </summary>
/// <param name="Kind">What is named.</param>
/// <param name="Id">Its opaque id, if that is its name.</param>
/// <param name="Key">Its key, if that is its name.</param>
/// <param name="User">One more user, by key; 0 for none.</param>
public readonly record struct LockScope(LockScopeKind Kind, string? Id = null, long Key = 0, long User = 0)
{
    /// <summary>One statement, or only what unique constraints hold.</summary>
    public static LockScope None => default;

    /// <summary>One command of this kind at a time, in all processes.</summary>
    public static LockScope Database => new(LockScopeKind.Database);

    public static LockScope OfUser(long key) => new(LockScopeKind.None, User: key);

    public static LockScope OfUsers(long one, long other) => new(LockScopeKind.UserKey, Key: one, User: other);

    public static LockScope OfUser(string id) => new(LockScopeKind.User, id);

    public static LockScope OfUsers(string one, string other) => new(LockScopeKind.Users, one) { OtherId = other };

    /// <summary>Both participants.</summary>
    public static LockScope OfConversation(string id) => new(LockScopeKind.Conversation, id);

    /// <summary>The sender and the recipient.</summary>
    public static LockScope OfRequest(string id) => new(LockScopeKind.Request, id);

    /// <inheritdoc cref="OfRequest(string)"/>
    public static LockScope OfRequest(long key) => new(LockScopeKind.RequestKey, Key: key);

    /// <summary>The reported user.</summary>
    public static LockScope OfReport(string id) => new(LockScopeKind.Report, id);

    /// <summary>
    /// The reported user and the place of the newest report: reports are added one after the other, so that their keys rise in
    /// the order of commits, and a page of the queue, which ranks what was there at the first page, passes none over.
    /// </summary>
    public static LockScope OfNewReport(string reportedId) => new(LockScopeKind.NewReport, reportedId);

    /// <summary>The second of two ids.</summary>
    public string? OtherId { get; init; }
}
