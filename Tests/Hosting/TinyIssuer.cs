using System.Security.Cryptography;
using ChatHub.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Tests.Hosting;

/// <summary>An OpenID Connect issuer as far as a resource server knows one: metadata, keys, and the tokens they sign.</summary>
public sealed class TinyIssuer : IAsyncDisposable
{
    public const string Audience = "chathub-tests";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "1" };
    private readonly WebApplication _app;

    private TinyIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<TinyIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TinyIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            $$"""{"issuer":"{{issuer.Address}}","jwks_uri":"{{issuer.Address}}/keys"}""", "application/json"));
        issuer._app.MapGet("/keys", () => Results.Text(issuer.Keys(), "application/json"));
        await issuer._app.StartAsync(TestTimeouts.Token);
        return issuer;
    }

    public string Token(string subject, string? audience = Audience, string? issuer = null, TimeSpan? lasting = null, SecurityKey? key = null, TimeSpan? issued = null, params string[] roles) =>
        Make(subject, audience, issuer, lasting, key, issued, "role", roles);

    /// <summary>With a role in a claim of this name.</summary>
    public string TokenOf(string subject, string claim, string role) => Make(subject, Audience, null, null, null, null, claim, [role]);

    private string Make(string subject, string? audience, string? issuer, TimeSpan? lasting, SecurityKey? key, TimeSpan? issued, string claim, string[] roles) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            IssuedAt = DateTime.UtcNow + (issued ?? TimeSpan.FromHours(-1)),
            NotBefore = DateTime.UtcNow.AddHours(-1),
            Expires = DateTime.UtcNow + (lasting ?? TimeSpan.FromHours(1)),
            Claims = new Dictionary<string, object> { ["sub"] = subject, [claim] = roles },
            SigningCredentials = new(key ?? _key, key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256),
        });

    /// <summary>A token of any issuer by any key.</summary>
    public static string Sign(string subject, string issuer, string audience, SecurityKey key) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = subject },
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
        });

    /// <summary>With a user id and roles in claims of the issuer's own.</summary>
    public string TokenWith(IReadOnlyDictionary<string, object> claims) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object>(claims),
            SigningCredentials = new(_key, SecurityAlgorithms.RsaSha256),
        });

    /// <summary>The public key's bytes as a secret: what a server that mixes the two up would take.</summary>
    public SymmetricSecurityKey PublicKeyAsSecret() => new(System.Text.Encoding.UTF8.GetBytes(_key.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = "1" };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private string Keys()
    {
        var parameters = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"1","n":"{{Base64UrlEncoder.Encode(parameters.Modulus)}}","e":"{{Base64UrlEncoder.Encode(parameters.Exponent)}}"}]}""";
    }
}
