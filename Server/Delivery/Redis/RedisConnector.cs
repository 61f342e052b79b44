using System.Net.Security;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Opens connections that are not reconnected: after the first failure a session is replaced as a whole.</summary>
internal static class RedisConnector
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <exception cref="RedisException">The message is the reason in an operator's words; no secret is in it.</exception>
    public static async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        var options = configuration.Clone();
        options.AbortOnConnectFail = true;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)Limit.TotalMilliseconds;
        string? refused = null;
        options.CertificateValidation += (_, certificate, chain, errors) =>
        {
            // As the library does by itself; but it does not say why.
            var statuses = chain?.ChainStatus.Select(status => $"{status.Status}") ?? [];
            refused = errors == SslPolicyErrors.None
                ? null
                : $"its certificate, {certificate?.Subject ?? "none"}, is not trusted: {string.Join(", ", [$"{errors}", .. statuses])}";
            return errors == SslPolicyErrors.None;
        };
        var connecting = ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            return await connecting.WaitAsync(Limit + Limit);
        }
        catch (Exception e)
        {
            _ = connecting.ContinueWith(late => late.IsCompletedSuccessfully ? late.Result.CloseAsync(false) : Task.FromResult(late.Exception), TaskScheduler.Default);
            throw new RedisException(refused ?? Reason(e), e);
        }
    }

    private static string Reason(Exception e)
    {
        var all = string.Join(' ', Causes(e).Select(cause => cause.Message));
        return all.Contains("WRONGPASS", StringComparison.Ordinal) || all.Contains("invalid password", StringComparison.Ordinal) ? "it refuses the password"
            : all.Contains("NOAUTH", StringComparison.Ordinal) ? "it asks for a password"
            : e.Message;
    }

    private static IEnumerable<Exception> Causes(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }
}
