using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Safety;

/// <summary>The daily limit's facts.</summary>
public sealed class DailyLimit(IDatabase database, IOptions<MessagingOptions> options)
{
    private readonly string _newest =
        $"SELECT sent_at FROM requests WHERE sender_key = @sender AND counted = 1 ORDER BY sent_at DESC {database.Dialect.Take}";

    /// <param name="session">A snapshot.</param>
    /// <param name="sender">Whose.</param>
    /// <param name="joinedAt">Since when the sender's account exists; null where its host does not say.</param>
    /// <param name="now">The instant of the call.</param>
    public async Task<DailyAllowance> AllowanceAsync(DbSession session, long sender, long? joinedAt, DateTimeOffset now)
    {
        var perDay = options.Value.RequestsPerDay;
        var sentAt = await session.ListAsync<long>(_newest, new { sender, take = perDay });
        NewAccountLimit? newAccount = joinedAt is { } joined
            ? new(joined.ToInstant() + AccountAge.FirstDay, options.Value.NewAccountRequestsPerDay)
            : null;
        return DailyLimitRules.Allowance([.. sentAt.Select(Instants.ToInstant)], perDay, now, newAccount);
    }
}
