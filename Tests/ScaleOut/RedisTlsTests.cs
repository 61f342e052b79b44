using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Redis over TLS: the instances meet through it, and a Redis that nobody vouches for is not spoken to.</summary>
public sealed class RedisTlsTests : IAsyncLifetime
{
    private const string Host = "redis.tests.example";
    private const string Password = "a-password-that-only-tests-ever-use";

    // Where OpenSSL, and with it .NET on Linux, finds whom to trust.
    private const string Trusted = "SSL_CERT_FILE";

    private readonly TestAuthority _authority = new();
    private RedisServer? _redis;

    private RedisServer Redis => _redis!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync(Password, new(_authority, Host));

    public async ValueTask DisposeAsync()
    {
        await (_redis?.DisposeAsync() ?? default);
        _authority.Dispose();
    }

    [Fact]
    public async Task Instances_meet_through_it_with_password_and_prefix()
    {
        await using var cluster = await Cluster.StartAsync(
            Redis, 2, ("Redis:Configuration", $"{Redis.Configuration},channelPrefix=ours:"), (Trusted, _authority.CertificateFile));
        await cluster.ReadyAsync();

        await cluster.MeetAcrossAsync();

        var channels = await Redis.AskAsync("PUBSUB CHANNELS ours:chathub:*");
        Assert.Contains("ours:chathub:everybody", channels, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused_and_the_log_says_why()
    {
        await using var server = await ServerProcess.StartAsync(("Redis:Configuration", Redis.Configuration));

        await RefusedAsync(server, "RemoteCertificateChainErrors");
    }

    [Fact]
    public async Task So_is_a_certificate_for_another_name()
    {
        await using var server = await ServerProcess.StartAsync(
            ("Redis:Configuration", Redis.Configuration.Replace(Host, "another.tests.example", StringComparison.Ordinal)),
            (Trusted, _authority.CertificateFile));

        await RefusedAsync(server, "RemoteCertificateNameMismatch");
    }

    /// <summary>It serves alone, says so once, and has not said a word to that Redis.</summary>
    private async Task RefusedAsync(ServerProcess server, string reason)
    {
        var said = await server.Log.FindAsync("Redis cannot be reached").SoonAsync();
        Assert.Contains($"its certificate, CN={Host}, is not trusted: {reason}", said, StringComparison.Ordinal);
        // While it tries again and again.
        await using (await server.OpenChatAsync())
            await Task.Delay(TimeSpan.FromSeconds(1), TestTimeouts.Token);

        Assert.Equal("degraded", await Cluster.RedisStateAsync(server));
        Assert.Equal(2, server.Log.Text.Split("Redis cannot be reached").Length);
        Assert.DoesNotContain(Password, server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("chathub", await Redis.AskAsync("PUBSUB CHANNELS *"), StringComparison.Ordinal);
    }
}
