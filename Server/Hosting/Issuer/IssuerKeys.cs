using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ChatHub.Server.Hosting.Issuer;

/// <summary>
/// The issuer's metadata and signing keys: read at the start, then every hour, every few seconds while the issuer is away, and
/// at once for a token whose key is not known, as after a rotation. Until they are read again, the last ones hold.
/// </summary>
public sealed class IssuerKeys(IOptions<AuthOptions> options, TimeProvider time, ILogger<IssuerKeys> log)
    : BackgroundService, IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    // Tokens with made-up keys must not become a load on the issuer.
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private const long MaxDocumentBytes = 1024 * 1024;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile OpenIdConnectConfiguration? _current;
    private long? _readAt;
    private volatile bool _isAway;

    public IssuerState State => _current is null ? IssuerState.NeverRead : _isAway ? IssuerState.Away : IssuerState.Up;

    /// <summary>Whether tokens can be checked; without any keys they are read now.</summary>
    public async ValueTask<bool> HasKeysAsync(CancellationToken cancellation)
    {
        if (_current is null)
            await ReadAsync(MinInterval, cancellation);
        return _current is not null;
    }

    /// <summary>Reads the keys again if none of them has this id.</summary>
    public async ValueTask FindAsync(string? keyId, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(keyId) && _current is { } current && !current.SigningKeys.Any(key => key.KeyId == keyId))
            await ReadAsync(MinInterval, cancellation);
    }

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        Task.FromResult(_current ?? throw Errors.IssuerUnavailable());

    /// <summary>Unknown keys are looked for before a token is checked.</summary>
    public void RequestRefresh()
    {
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // Away may also have been noticed by a token with an unknown key.
            if (_isAway || _readAt is not { } at || time.GetElapsedTime(at) >= Interval)
                await ReadAsync(TimeSpan.Zero, stoppingToken);
            await Task.Delay(RetryInterval, time, stoppingToken);
        }
    }

    private async Task ReadAsync(TimeSpan minInterval, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            // Only what was really read counts: else made-up keys could put off reading the real ones.
            if (_readAt is { } at && time.GetElapsedTime(at) < minInterval)
                return;
            _readAt = time.GetTimestamp();
            _current = await RetrieveAsync(cancellation);
            var wasAway = _isAway;
            _isAway = false;
            if (wasAway)
                IssuerLog.Back(log, options.Value.Authority);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Once for each outage.
            if (!_isAway)
                IssuerLog.Away(log, options.Value.Authority, ReasonOf(e), _current is null ? "no token can be checked until then" : "the last keys hold until then");
            _isAway = true;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<OpenIdConnectConfiguration> RetrieveAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = Timeout, MaxResponseContentBufferSize = MaxDocumentBytes };
        // The settings allow http for an issuer on this machine alone.
        var read = await OpenIdConnectConfigurationRetriever.GetAsync(
            $"{options.Value.Authority.TrimEnd('/')}/.well-known/openid-configuration", new HttpDocumentRetriever(http) { RequireHttps = false }, cancellation);
        return read.SigningKeys.Count > 0 ? read : throw new InvalidOperationException("It publishes no signing key.");
    }

    private static string ReasonOf(Exception e) => e.GetBaseException().Message.ReplaceLineEndings(" ");
}
