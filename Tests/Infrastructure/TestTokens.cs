using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Tests.Infrastructure;

/// <summary>Tokens that the server did not issue, most of them bad in one way.</summary>
public static class TestTokens
{
    public static string Make(
        string userId, DateTimeOffset expires, string key = ServerSettings.SigningKey, string issuer = "chathub", DateTime? issuedAt = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = "chathub",
            NotBefore = DateTime.UnixEpoch,
            IssuedAt = issuedAt ?? DateTime.UnixEpoch,
            Expires = expires.UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = userId },
            SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256),
        });

    public static string WithoutSignature(string userId) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "chathub",
            Audience = "chathub",
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = userId },
        });
}
