using System.Net.Security;
using StackExchange.Redis;

namespace ChatHub.Server.Delivery.Redis;

/// <summary>Opens connections that are not reconnected: after the first failure a session is replaced as a whole.</summary>
internal static class RedisConnector
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Throws <see cref="RedisException"/>, whose message is the reason in an operator's words, without any secret.</summary>
    public static async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        var options = configuration.Clone();
        options.AbortOnConnectFail = true;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)Limit.TotalMilliseconds;
        string? untrusted = null;
        options.CertificateValidation += (_, certificate, chain, errors) =>
        {
            // As the library does by itself; but it does not say why.
            if (errors != SslPolicyErrors.None)
                untrusted = $"its certificate, {certificate?.Subject ?? "none"}, is not trusted: {string.Join(", ", [$"{errors}", .. chain?.ChainStatus.Select(status => $"{status.Status}") ?? []])}";
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
            throw new RedisException(untrusted ?? Reason(e), e);
        }
    }

    private static string Reason(Exception e) =>
        e.ToString() is var all && all.Contains("WRONGPASS", StringComparison.Ordinal) ? "it refuses the password"
            : all.Contains("NOAUTH", StringComparison.Ordinal) ? "it requires a password"
            : e.Message.Split(". ")[0];
}
