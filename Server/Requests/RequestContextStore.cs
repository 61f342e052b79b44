using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Requests;

/// <summary>
/// Reads <see cref="RequestContext"/>. Bounded: of the recipient's follows the latest 1,000, and of earlier requests those
/// of one sender within a year, of which one was open at a time.
/// </summary>
public sealed class RequestContextStore(IDatabase database)
{
    private const int LatestFollows = 1_000;
    private const int Cards = 3;
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private sealed record FactsRow
    {
        public long? JoinedAt { get; init; }
        public bool YouFollow { get; init; }
        public bool FollowsYou { get; init; }
        public int EarlierRequests { get; init; }
    }

    private sealed record SharedRow : CardRow;

    // A follow has no effect while the recipient blocks the sender. The sender's block shows in nothing that the recipient reads.
    private const string Facts = """
        SELECT CASE WHEN s.removed_at IS NULL THEN s.joined_at END AS joined_at,
               CASE WHEN f.follower_key IS NULL OR b.blocker_key IS NOT NULL THEN 0 ELSE 1 END AS you_follow,
               CASE WHEN g.follower_key IS NULL OR b.blocker_key IS NOT NULL THEN 0 ELSE 1 END AS follows_you,
               (SELECT COUNT(*) FROM requests r
                WHERE r.sender_key = @sender AND r.recipient_key = @recipient AND r.ended_at > @since
                  AND r.recipient_version > 0 AND r.request_key <> @request)
               + (SELECT COUNT(*) FROM past_requests p
                  WHERE p.sender_key = @sender AND p.recipient_key = @recipient AND p.ended_at > @since) AS earlier_requests
        FROM users s
        LEFT JOIN follows f ON f.follower_key = @recipient AND f.followee_key = @sender
        LEFT JOIN follows g ON g.follower_key = @sender AND g.followee_key = @recipient
        LEFT JOIN blocks b ON b.blocker_key = @recipient AND b.blocked_key = @sender
        WHERE s.user_key = @sender
        """;

    private readonly string _sharedCount = $"SELECT COUNT(*) {Shared(database.Dialect)}";

    private readonly string _shared = $"""
        SELECT u.user_id, u.username, u.display_name, u.avatar_url, u.is_verified, u.removed_at {Shared(database.Dialect)}
        ORDER BY latest.followed_at DESC, latest.followee_key DESC {database.Dialect.Take.Replace("@take", "@cards", StringComparison.Ordinal)}
        """;

    private static string Shared(Dialect dialect) => $"""
        FROM (
            SELECT followee_key, followed_at FROM follows WHERE follower_key = @recipient
            ORDER BY followed_at DESC, followee_key DESC {dialect.Take}) latest
        JOIN follows also ON also.follower_key = latest.followee_key AND also.followee_key = @sender
        JOIN users u ON u.user_key = latest.followee_key
        WHERE u.removed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key = u.user_key AND b.blocked_key IN (@recipient, @sender))
          AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_key IN (@recipient, @sender) AND b.blocked_key = u.user_key)
        """;

    /// <summary>The context of a request that the recipient may read.</summary>
    public async Task<RequestContext> ReadAsync(DbSession session, RequestRow request, DateTimeOffset now)
    {
        var facts = (await session.FirstAsync<FactsRow>(Facts, new
        {
            sender = request.SenderKey,
            recipient = request.RecipientKey,
            since = Since(now.ToUnixTimeMilliseconds()),
            request = request.RequestKey,
        }))!;
        var pair = new { sender = request.SenderKey, recipient = request.RecipientKey, take = LatestFollows, cards = Cards };
        var count = await session.ScalarAsync<int>(_sharedCount, pair);
        return new()
        {
            SenderJoined = Month(facts.JoinedAt),
            YouFollow = facts.YouFollow,
            FollowsYou = facts.FollowsYou,
            SharedFollowCount = count,
            SharedFollows = count == 0 ? [] : [.. (await session.ListAsync<SharedRow>(_shared, pair)).Select(row => row.Card())],
            EarlierRequests = facts.EarlierRequests,
        };
    }

    /// <summary>Requests that ended later count.</summary>
    public static long Since(long now) => now - (long)Year.TotalMilliseconds;

    private static string? Month(long? joinedAt) => joinedAt is { } ms
        ? ms.ToInstant().ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : null;
}
