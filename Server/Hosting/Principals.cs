using System.Globalization;
using System.Security.Claims;
using ChatHub.Server.Delivery;
using ChatHub.Server.Storage;

namespace ChatHub.Server.Hosting;

/// <summary>What a principal holds once its token is accepted: only what is used, for the connection's whole life.</summary>
public static class Principals
{
    public const string IdClaim = "sub";
    public const string RoleClaim = "role";
    public const string Moderator = "moderator";
    public const string Service = "service";

    /// <summary>Names the session in tokens that are issued here.</summary>
    public const string SessionClaim = SessionConnections.Claim;

    // The database's key, which spares each call the look-up; never part of a token.
    internal const string KeyClaim = "chathub:key";

    /// <summary>A user.</summary>
    public static ClaimsPrincipal Of(string scheme, UserRef user, string? sessionId, IEnumerable<string> roles)
    {
        var principal = Of(scheme, user.Id, roles);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new(KeyClaim, user.Key.ToString(CultureInfo.InvariantCulture)));
        if (sessionId is not null)
            identity.AddClaim(new(SessionClaim, sessionId));
        return principal;
    }

    /// <summary>A principal that is no user here: a service, or the issuer's moderator.</summary>
    public static ClaimsPrincipal Of(string scheme, string id, IEnumerable<string> roles)
    {
        var identity = new ClaimsIdentity(scheme, IdClaim, RoleClaim);
        identity.AddClaim(new(IdClaim, id));
        foreach (var role in roles)
            identity.AddClaim(new(RoleClaim, role));
        return new(identity);
    }

    /// <summary>By what the record names who did it.</summary>
    public static string Id(this ClaimsPrincipal principal) => principal.FindFirstValue(IdClaim)!;

    /// <summary>The session of the token; null for a token of none.</summary>
    public static string? SessionId(this ClaimsPrincipal principal) => principal.FindFirstValue(SessionClaim);

    /// <summary>The signed-in user; null for a service.</summary>
    public static UserRef? FindUser(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(KeyClaim) is { } key
            ? new(long.Parse(key, CultureInfo.InvariantCulture), principal.FindFirstValue(IdClaim)!)
            : null;

    /// <summary>The signed-in user, where a service is not let in.</summary>
    public static UserRef User(this ClaimsPrincipal principal) =>
        principal.FindUser() ?? throw new InvalidOperationException("The endpoint let in a principal that is no user.");
}
