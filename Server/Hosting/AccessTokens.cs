using ChatHub.Contracts;
using ChatHub.Server.People.Accounts;
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

    /// <summary>A token of the session, which does not outlast it.</summary>
    public Session Issue(SignedIn signedIn)
    {
        // Tokens count in whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + options.Value.AccessTokenLifetime;
        if (expires > signedIn.EndsAt)
            expires = DateTimeOffset.FromUnixTimeSeconds(signedIn.EndsAt.ToUnixTimeSeconds());
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [Principals.IdClaim] = signedIn.Person.UserId,
                [Principals.SessionClaim] = signedIn.SessionId,
            },
            SigningCredentials = _credentials,
        });
        return new() { User = signedIn.Person.Card(), AccessToken = token, ExpiresAt = expires };
    }
}
