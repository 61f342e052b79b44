using ChatHub.Contracts;
using ChatHub.Server.People.Accounts;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Issues the access tokens of built-in accounts, and of the users of a host that ChatHub is embedded in (HS256).</summary>
public sealed class AccessTokens(SymmetricSecurityKey key, IOptions<AuthOptions> options, TimeProvider time)
{
    public const string Issuer = "chathub";

    private readonly SigningCredentials _credentials = new(key, SecurityAlgorithms.HmacSha256);
    private readonly JsonWebTokenHandler _handler = new();

    /// <summary>In the token of a host's user: their role at the host.</summary>
    public const string HostRoleClaim = "hostRole";

    /// <summary>A token of the session, which does not outlast it.</summary>
    public Session Issue(SignedIn signedIn) => Issue(signedIn.Person.Card(), signedIn.EndsAt, (Principals.SessionClaim, signedIn.SessionId));

    /// <summary>A token of a user of the host, which does not outlast their ticket there.</summary>
    public Session Issue(UserCard user, DateTimeOffset? endsAt, bool isModerator) =>
        Issue(user, endsAt ?? DateTimeOffset.MaxValue, isModerator ? (HostRoleClaim, Principals.Moderator) : null);

    private Session Issue(UserCard user, DateTimeOffset endsAt, (string Name, string Value)? more)
    {
        // Tokens count in whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + options.Value.AccessTokenLifetime;
        if (expires > endsAt)
            expires = DateTimeOffset.FromUnixTimeSeconds(endsAt.ToUnixTimeSeconds());
        var claims = new Dictionary<string, object> { [Principals.IdClaim] = user.UserId };
        if (more is var (name, value))
            claims[name] = value;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = _credentials,
        });
        return new() { User = user, AccessToken = token, ExpiresAt = expires };
    }
}
