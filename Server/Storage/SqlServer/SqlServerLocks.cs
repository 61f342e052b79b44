using Dapper;
using Microsoft.Data.SqlClient;

namespace ChatHub.Server.Storage.SqlServer;

/// <summary>
/// Takes a <see cref="LockScope"/>: by an update of the users' rows that changes nothing, in the order of their keys. Not
/// by lock hints, which need not hold under row versioning, and not everywhere. What a name leads to never changes, so
/// that it may be looked up before anything is locked.
/// </summary>
internal static class SqlServerLocks
{
    // Stands for all users, and for all reporters, in the order of commits.
    private static readonly HeldUser Everything = new(0, IsRemoved: false);
    private static readonly HeldUser Reporters = new(-1, IsRemoved: false);

    private const string LockUsers = """
        SET @first = CASE WHEN @one < @other OR @other IS NULL THEN @one ELSE @other END;
        SET @second = CASE WHEN @one < @other THEN @other ELSE @one END;
        UPDATE inboxes SET version = version WHERE user_key = @first;
        UPDATE inboxes SET version = version WHERE user_key = @second AND @second <> @first;
        SELECT user_key AS [Key], CAST(CASE WHEN removed_at IS NULL THEN 0 ELSE 1 END AS BIT) AS IsRemoved FROM users
        WHERE user_key = @first OR user_key = @second;
        """;

    private static readonly Dictionary<LockScopeKind, string> Statements = new()
    {
        [LockScopeKind.None] = Lock(""),
        [LockScopeKind.NewReport] = Lock("SELECT @other = user_key FROM users WHERE user_id = @Id;"),
        [LockScopeKind.UserKey] = Lock("SET @other = @Key;"),
        [LockScopeKind.User] = Lock("SELECT @other = user_key FROM users WHERE user_id = @Id;"),
        [LockScopeKind.Users] = Lock("""
            SELECT @one = user_key FROM users WHERE user_id = @Id;
            SELECT @other = user_key FROM users WHERE user_id = @OtherId;
            """),
        [LockScopeKind.Conversation] = Lock("SELECT @one = low_key, @other = high_key FROM conversations WHERE conversation_id = @Id;"),
        [LockScopeKind.Request] = Lock("SELECT @one = sender_key, @other = recipient_key FROM requests WHERE request_id = @Id;"),
        [LockScopeKind.RequestKey] = Lock("SELECT @one = sender_key, @other = recipient_key FROM requests WHERE request_key = @Key;"),
        [LockScopeKind.Report] = Lock("SELECT @other = reported_key FROM reports WHERE report_id = @Id;"),
    };

    /// <summary>Takes the locks, which the transaction holds until it ends.</summary>
    /// <returns>The users held, and what stands for more than one.</returns>
    public static async Task<IReadOnlyList<HeldUser>> TakeAsync(SqlConnection connection, LockScope scope, TimeLimits limits)
    {
        if (scope.Kind == LockScopeKind.Database)
        {
            await TakeAsync(connection, "ChatHub", limits);
            return [Everything];
        }

        if (scope == LockScope.None)
            return [];
        var users = await UsersAsync(connection, scope);
        if (scope.Kind != LockScopeKind.NewReport)
            return users;
        await TakeAsync(connection, "ChatHub.reports", limits);
        return [.. users, Reporters];
    }

    private static async Task<List<HeldUser>> UsersAsync(SqlConnection connection, LockScope scope) =>
        (await connection.QueryAsync<HeldUser>(
            Statements[scope.Kind], new SqlServerParameters(new { scope.User, scope.Id, scope.OtherId, scope.Key }))).AsList();

    private static async Task TakeAsync(SqlConnection connection, string resource, TimeLimits limits)
    {
        // Held until the transaction ends. Below 0: not granted; -3 is a deadlock's victim, whose transaction is over.
        var granted = await connection.ExecuteScalarAsync<int>(
            """
            DECLARE @granted INT;
            EXEC @granted = sp_getapplock @Resource = @resource, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = @timeout;
            SELECT @granted;
            """,
            new { resource, timeout = limits.ApplicationLockMilliseconds });
        if (granted < 0)
            throw new LockTimeoutException(resource, granted);
    }

    private static string Lock(string find) => $"""
        DECLARE @one BIGINT = NULLIF(@User, 0), @other BIGINT, @first BIGINT, @second BIGINT;
        {find}
        {LockUsers}
        """;
}
