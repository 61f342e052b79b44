using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Safety;

/// <summary>The daily limit's facts.</summary>
public sealed class DailyLimit(IDatabase database, IOptions<MessagingOptions> options)
{
    private readonly string _newest =
        $"SELECT sent_at FROM requests WHERE sender_key = @sender AND counted = 1 ORDER BY sent_at DESC {database.Dialect.Take}";

    public int PerDay => options.Value.RequestsPerDay;

    public async Task<DailyAllowance> AllowanceAsync(DbSession session, long sender, DateTimeOffset now)
    {
        var sentAt = await session.ListAsync<long>(_newest, new { sender, take = PerDay });
        return DailyLimitRules.Allowance([.. sentAt.Select(DateTimeOffset.FromUnixTimeMilliseconds)], PerDay, now);
    }
}
