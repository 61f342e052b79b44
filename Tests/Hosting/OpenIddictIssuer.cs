using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Xunit;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace ChatHub.Tests.Hosting;

/// <summary>
/// An OpenID Connect issuer as platforms run one (OpenIddict): discovery, keys, browsers by authorization code with PKCE,
/// services by client credentials. It can be stopped and started at the same address, and its keys rotated while it runs.
/// </summary>
public sealed class OpenIddictIssuer : IAsyncDisposable
{
    public const string BrowserAudience = "chathub-web";
    public const string ServiceAudience = "chathub-service";
    private const string Callback = "http://localhost/callback";

    private readonly List<RsaSecurityKey> _keys = [NewKey()];
    private readonly SymmetricSecurityKey _codeKey = new(RandomNumberGenerator.GetBytes(32));
    private WebApplication? _app;

    public string Address { get; } = Ports.NextAddress();

    public static async Task<OpenIddictIssuer> StartAsync()
    {
        var issuer = new OpenIddictIssuer();
        await issuer.RunAsync();
        return issuer;
    }

    /// <summary>Starts it, again if need be, where it was.</summary>
    public async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address);
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(Configure);
        _app = builder.Build();
        _app.UseAuthentication();
        await _app.StartAsync(TestTimeouts.Token);
    }

    public async Task StopAsync()
    {
        await _app!.DisposeAsync();
        _app = null;
    }

    /// <summary>A new key signs from now on; the ones before are published still.</summary>
    public void Rotate()
    {
        var key = NewKey();
        _keys.Insert(0, key);
        _app!.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue.SigningCredentials
            .Insert(0, new(key, SecurityAlgorithms.RsaSha256));
    }

    /// <summary>The access token of a user who signs in with a browser.</summary>
    public async Task<string> BrowserTokenAsync(string user)
    {
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(Address) };
        using var asked = await http.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = "browser",
            ["response_type"] = "code",
            ["redirect_uri"] = Callback,
            ["scope"] = "openid",
            ["login_hint"] = user,
            ["code_challenge_method"] = "S256",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
        }));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var code = QueryHelpers.ParseQuery(asked.Headers.Location!.Query)["code"].ToString();
        return await TokenAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "browser",
            ["redirect_uri"] = Callback,
            ["code"] = code,
            ["code_verifier"] = verifier,
        });
    }

    /// <summary>The access token of a service.</summary>
    public Task<string> ServiceTokenAsync() =>
        TokenAsync(new() { ["grant_type"] = "client_credentials", ["client_id"] = "backend", ["client_secret"] = "secret" });

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _keys.ForEach(key => key.Rsa.Dispose());
    }

    private async Task<string> TokenAsync(Dictionary<string, string> form)
    {
        using var http = new HttpClient { BaseAddress = new(Address) };
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync("/connect/token", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.OpenId);
        server.EnableDegradedMode().DisableAccessTokenEncryption();
        // Only its own codes are encrypted: an ephemeral key, a long RSA key, would take seconds to make.
        server.AddEncryptionKey(_codeKey);
        foreach (var key in _keys)
            server.AddSigningKey(key);
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != "browser" || context.RedirectUri != Callback)
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != "browser" && (context.ClientId != "backend" || context.ClientSecret != "secret"))
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Principal = Principal(context.Request.LoginHint!, BrowserAudience, []);
            return default;
        }));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.Request.IsClientCredentialsGrantType())
                context.Principal = Principal("backend", ServiceAudience, ["service"]);
            return default;
        }));
    }

    private static ClaimsPrincipal Principal(string subject, string audience, string[] roles)
    {
        var identity = new ClaimsIdentity("issuer", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject).SetClaims(Claims.Role, [.. roles]).SetScopes(Scopes.OpenId).SetResources(audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new(identity);
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
}
