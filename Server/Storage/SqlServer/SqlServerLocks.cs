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
    // Resource of the lock that stands for all there is.
    private const long Everything = 0;

    private const string LockDatabase = """
        DECLARE @result INT;
        EXEC @result = sp_getapplock @Resource = 'ChatHub', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 30000;
        SELECT @result;
        """;

    private static readonly Dictionary<LockScopeKind, string> LockUsers = new()
    {
        [LockScopeKind.None] = Lock(""),
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

    private sealed record Pair
    {
        public long? One { get; init; }
        public long? Other { get; init; }
    }

    /// <summary>Takes the locks, which the transaction holds until it ends.</summary>
    /// <returns>The users held; or one number that stands for all.</returns>
    public static async Task<IReadOnlyList<long>> TakeAsync(SqlConnection connection, LockScope scope)
    {
        if (scope.Kind == LockScopeKind.Database)
        {
            return await connection.ExecuteScalarAsync<int>(LockDatabase) >= 0
                ? [Everything]
                : throw new StorageException("The database's one lock could not be had in time.");
        }

        if (scope == LockScope.None)
            return [];
        var pair = await connection.QuerySingleAsync<Pair>(LockUsers[scope.Kind], new { scope.User, scope.Id, scope.OtherId, scope.Key });
        return pair is { One: { } one, Other: { } other } && one != other ? [one, other]
            : (pair.One ?? pair.Other) is { } only ? [only]
            : [];
    }

    private static string Lock(string find) => $"""
        DECLARE @one BIGINT = NULLIF(@User, 0), @other BIGINT, @first BIGINT, @second BIGINT;
        {find}
        SET @first = CASE WHEN @one < @other OR @other IS NULL THEN @one ELSE @other END;
        SET @second = CASE WHEN @one < @other THEN @other ELSE @one END;
        UPDATE inboxes SET version = version WHERE user_key = @first;
        UPDATE inboxes SET version = version WHERE user_key = @second AND @second <> @first;
        SELECT @one AS one, @other AS other;
        """;
}
