using System.Globalization;
using ChatHub.Server.People.Accounts;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Whether a token is valid now. The clocks of issuer and server may differ by <see cref="Grace"/>; what is refused beyond it
/// is logged, once a minute: a wrong clock refuses everybody, and nothing else would say why.
/// </summary>
public sealed class TokenClock(TimeProvider time, ILogger<TokenClock> log)
{
    public static readonly TimeSpan Grace = SessionService.TokenGrace;
    private static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    private long _loggedAt;

    public bool IsValidNow(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (expires is not { } end)
            return false;
        if (notBefore is { } start && start > now + Grace)
        {
            if (MayLog())
                HostingLog.TokenFromTheFuture(log, Text(start), Text(now));
            return false;
        }

        if (end + Grace > now)
            return true;
        if (MayLog())
            HostingLog.TokenExpired(log, Text(end), Text(now));
        return false;
    }

    /// <summary>When a connection by the token is closed.</summary>
    public static DateTimeOffset ClosesAt(DateTime expires) => new(DateTime.SpecifyKind(expires, DateTimeKind.Utc).Add(Grace));

    private bool MayLog()
    {
        var (last, now) = (Interlocked.Read(ref _loggedAt), time.GetTimestamp());
        return (last == 0 || time.GetElapsedTime(last, now) >= LogEvery) && Interlocked.CompareExchange(ref _loggedAt, now, last) == last;
    }

    private static string Text(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
