using ChatHub.Tests.Infrastructure;
using Xunit;

namespace ChatHub.Tests.ScaleOut;

/// <summary>Redis over TLS: the instances reach each other through it, and no word goes to a Redis that is not trusted.</summary>
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
    public async Task Redis_over_TLS_with_password_and_prefix_connects_the_instances()
    {
        await using var cluster = await Cluster.StartAsync(
            Redis, 2, ("Redis:Configuration", $"{Redis.Configuration},channelPrefix=ours:"), (Trusted, _authority.CertificateFile));
        await cluster.ReadyAsync();

        await cluster.MeetAcrossAsync();

        Assert.Contains("ours:chathub:control", await Redis.ListAsync("PUBSUB CHANNELS ours:chathub:*"));
    }

    [Fact]
    public async Task Certificate_of_unknown_authority_is_refused_and_logged_with_the_reason()
    {
        await using var server = await ServerProcess.StartAsync(("Redis:Configuration", Redis.Configuration));

        await RefusedAsync(server, "RemoteCertificateChainErrors");
    }

    [Fact]
    public async Task Certificate_for_another_name_is_refused_and_logged_with_the_reason()
    {
        await using var server = await ServerProcess.StartAsync(
            ("Redis:Configuration", Redis.Configuration.Replace(Host, "another.tests.example", StringComparison.Ordinal)),
            (Trusted, _authority.CertificateFile));

        await RefusedAsync(server, "RemoteCertificateNameMismatch");
    }

    /// <summary>It serves alone, says so once, and has not said a word to that Redis.</summary>
    private async Task RefusedAsync(ServerProcess server, string reason)
    {
        // On a busy machine a timeout may come first, with a line of its own.
        var refusal = $"Redis cannot be reached (its certificate, CN={Host}, is not trusted: {reason}";
        await server.Log.FindAsync(refusal).SoonAsync();
        // While it tries again and again.
        await using (await server.OpenChatAsync())
            await Redis.AttemptedAsync(5);

        await Cluster.AssertAloneAsync(server);
        Assert.Equal(2, server.Log.Text.Split(refusal).Length);
        Assert.DoesNotContain(Password, server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("chathub", await Redis.AskAsync("PUBSUB CHANNELS *"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(":0", await Redis.AskAsync("DBSIZE"), StringComparison.Ordinal);
    }
}
