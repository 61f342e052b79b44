using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ChatHub.Server.Storage;
using Microsoft.Extensions.Options;

namespace ChatHub.Server.Hosting;

/// <summary>The settings under <c>Auth</c>.</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const int ShortestKey = 32;

    /// <summary>Any text of 32 or more characters, used as UTF-8; empty: one is made on first start, beside the embedded database.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>An external issuer (OpenID Connect); empty: built-in accounts.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the issuer's tokens must name; with <see cref="Audiences"/>, one of all.</summary>
    public string Audience { get; set; } = "";

    /// <summary>More audiences: those of a browser's tokens and a service's, say.</summary>
    public IList<string> Audiences { get; } = [];

    /// <summary>The claim in which an issuer's token names the user, by the id under which the host brought them.</summary>
    [Required]
    public string UserIdClaim { get; set; } = Principals.IdClaim;

    /// <summary>Keys that give the role service, of 32 or more characters.</summary>
    public IList<string> ServiceKeys { get; } = [];

    /// <summary>The claim in which an issuer's token names roles; within a claim that is a JSON object, by a path: <c>realm_access.roles</c>.</summary>
    [Required]
    public string RoleClaim { get; set; } = "role";

    /// <summary>What the role moderator is called there.</summary>
    [Required]
    public string ModeratorRole { get; set; } = Principals.Moderator;

    /// <summary>What the role service is called there.</summary>
    [Required]
    public string ServiceRole { get; set; } = Principals.Service;

    [Range(1, 525_600)]
    public int AccessTokenMinutes { get; set; } = 60;

    public TimeSpan AccessTokenLifetime => TimeSpan.FromMinutes(AccessTokenMinutes);

    /// <summary>Said where <see cref="HasSharedKey"/> does not hold.</summary>
    public const string NoSharedKey = "Auth:SigningKey is missing: with SqlServer all instances need the same one, of 32 or more characters.";

    /// <summary>Instances that share a database share a key, and none of them can make it for all.</summary>
    public static bool HasSharedKey(AuthOptions options, IOptions<StorageOptions> storage) =>
        options.SigningKey.Length > 0 || storage.Value.Provider != StorageOptions.SqlServer;

    /// <summary>Said where <see cref="HasNoModerators"/> does not hold.</summary>
    public const string ModeratorsAreGone =
        "Auth:Moderators is gone: the role belongs to an account. Remove the setting and run: dotnet Server.dll --grant-moderator USERNAME";

    /// <summary>A list of names gave the role to any account that took the name.</summary>
    public static bool HasNoModerators(AuthOptions options, IConfiguration configuration) =>
        !configuration.GetSection("Auth:Moderators").Exists();

    /// <summary>Said where <see cref="HasLongKey"/> does not hold.</summary>
    public const string ShortKey = "Auth:SigningKey must have 32 or more characters.";

    /// <summary>Asked before the database is, which may take a while to answer.</summary>
    public static bool HasLongKey(AuthOptions options) => options.SigningKey.Length is 0 or >= ShortestKey;

    public bool HasIssuer => Authority.Length > 0;

    /// <summary>All that are set.</summary>
    public IEnumerable<string> AllAudiences => Audiences.Prepend(Audience).Where(audience => audience.Length > 0);

    /// <summary>Without an audience of our own, a token that the issuer made for another application would open this one.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HasIssuer && !(Uri.TryCreate(Authority, UriKind.Absolute, out var address) && IsSafe(address)))
            yield return new("Auth:Authority must be an https address (http on this machine alone).", [nameof(Authority)]);
        if (HasIssuer && !AllAudiences.Any())
            yield return new("Auth:Audience is required with Auth:Authority.", [nameof(Audience)]);
        if (ServiceKeys.Any(key => key.Length < ShortestKey))
            yield return new($"Auth:ServiceKeys must have {ShortestKey} or more characters each.", [nameof(ServiceKeys)]);
    }

    /// <summary>The roles that a token of the issuer, or the host's principal, gives.</summary>
    public IEnumerable<string> RolesOf(ClaimsPrincipal issued)
    {
        var named = RoleClaims.Read(issued, RoleClaim).ToHashSet(StringComparer.Ordinal);
        if (named.Contains(ModeratorRole))
            yield return Principals.Moderator;
        if (named.Contains(ServiceRole))
            yield return Principals.Service;
    }

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Compared in constant time.</summary>
    public bool IsServiceKey(string key) => ServiceKeys.Any(known => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(known)), SHA256.HashData(Encoding.UTF8.GetBytes(key))));
}
