using ChatHub.Contracts;
using ChatHub.Server.People;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Issues the access tokens of built-in accounts (HS256).</summary>
public sealed class AccessTokens(SymmetricSecurityKey key, IOptions<AuthOptions> options, TimeProvider time)
{
    public const string Issuer = "chathub";

    private readonly SigningCredentials _credentials = new(key, SecurityAlgorithms.HmacSha256);
    private readonly JsonWebTokenHandler _handler = new();

    public Session Issue(PersonRow person)
    {
        // Tokens count in whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now.AddMinutes(options.Value.AccessTokenMinutes);
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = person.UserId },
            SigningCredentials = _credentials,
        });
        return new() { User = person.Card(), AccessToken = token, ExpiresAt = expires };
    }
}
