using System.Security.Claims;
using ChatHub.Contracts;
using ChatHub.Server.Hosting.Embedding;
using ChatHub.Server.Hosting.Issuer;
using ChatHub.Server.People;
using ChatHub.Server.People.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Who may come in: users and moderators by bearer token or, embedded, as the host's; the host application by key.</summary>
public static class Authentication
{
    /// <summary>Policy: a signed-in user.</summary>
    public const string Users = "users";

    /// <summary>Policy: role moderator.</summary>
    public const string Moderators = "moderators";

    /// <summary>Policy: role service.</summary>
    public const string Services = "services";

    /// <summary>Policy: role service, or a signed-in user; the endpoint checks which.</summary>
    public const string ServicesAndUsers = "services and users";

    /// <summary>Policy, with a host: a user who is signed in there, and not by a token from here.</summary>
    public const string HostUsers = "users of the host";

    // With a host: a bearer token, or the host's own authentication.
    private const string Callers = "callers";

    /// <param name="services">The composition.</param>
    /// <param name="hasIssuer">Whether tokens are those of an issuer.</param>
    /// <param name="hasHost">Whether users are those of the application that ChatHub is embedded in.</param>
    public static void AddTokens(this IServiceCollection services, bool hasIssuer, bool hasHost)
    {
        services.AddSingleton<AccessTokens>().AddSingleton<TokenClock>();
        if (hasIssuer)
            services.AddSingleton<IssuerKeys>().AddHostedService(provider => provider.GetRequiredService<IssuerKeys>());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ProblemDetailsAuthorizationHandler>();
        var users = hasHost ? Callers : JwtBearerDefaults.AuthenticationScheme;
        var schemes = services.AddAuthentication(users)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, ServiceKeyHandler>(ServiceKeyHandler.Name, null);
        if (hasHost)
            schemes.AddScheme<AuthenticationSchemeOptions, HostUserHandler>(HostUserHandler.Name, null)
                .AddPolicyScheme(users, null, options => options.ForwardDefaultSelector = http =>
                    BringsToken(http.Request, hasIssuer) ? JwtBearerDefaults.AuthenticationScheme : HostUserHandler.Name);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AuthOptions>, SymmetricSecurityKey, TokenClock, IServiceProvider>(Configure);

        var policies = services.AddAuthorizationBuilder()
            .AddPolicy(Users, policy => policy.RequireClaim(Principals.KeyClaim))
            .AddPolicy(Moderators, policy => policy.RequireRole(Principals.Moderator))
            .AddPolicy(Services, policy => policy.AddAuthenticationSchemes(users, ServiceKeyHandler.Name).RequireRole(Principals.Service))
            .AddPolicy(ServicesAndUsers, policy => policy.AddAuthenticationSchemes(users, ServiceKeyHandler.Name).RequireAuthenticatedUser());
        if (hasHost)
            policies.AddPolicy(HostUsers, policy => policy.AddAuthenticationSchemes(HostUserHandler.Name).RequireClaim(Principals.KeyClaim));
    }

    private static readonly object Unchecked = new();

    private static readonly JsonWebTokenHandler Tokens = new();

    /// <summary>The caller is neither let in nor refused: who they are could not be found out, for this reason.</summary>
    internal static void LeaveUnchecked(HttpContext http, ChatHubException reason) => http.Items[Unchecked] = reason;

    /// <summary>Why the caller could not be checked; null where they were.</summary>
    internal static ChatHubException? WhyUnchecked(HttpContext http) => http.Items[Unchecked] as ChatHubException;

    /// <summary>One for the bearer scheme here: with a host, any other bearer token is the host's.</summary>
    private static bool BringsToken(HttpRequest request, bool hasIssuer) =>
        BearerOf(request) is { } token && (hasIssuer || (Read(token)?.Issuer == AccessTokens.Issuer));

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    /// <summary>Null for what is no token.</summary>
    private static JsonWebToken? Read(string token)
    {
        try
        {
            return Tokens.CanReadToken(token) ? Tokens.ReadJsonWebToken(token) : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static void Configure(JwtBearerOptions options, IOptions<AuthOptions> auth, SymmetricSecurityKey key, TokenClock clock, IServiceProvider services)
    {
        // The token is kept nowhere, and claims keep the names that they have in it.
        options.SaveToken = false;
        options.MapInboundClaims = false;
        options.Events = new() { OnTokenValidated = FindUserAsync };
        options.TokenValidationParameters.LifetimeValidator = (notBefore, expires, _, _) => clock.IsValidNow(notBefore, expires);
        if (auth.Value.HasIssuer)
        {
            options.ConfigurationManager = services.GetRequiredService<IssuerKeys>();
            options.RefreshOnIssuerKeyNotFound = false;
            options.Events.OnMessageReceived = FindKeysAsync;
            options.TokenValidationParameters.ValidAudiences = [.. auth.Value.AllAudiences];
            return;
        }

        options.TokenValidationParameters.ValidIssuer = AccessTokens.Issuer;
        options.TokenValidationParameters.ValidAudience = AccessTokens.Issuer;
        options.TokenValidationParameters.IssuerSigningKey = key;
        options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
    }

    /// <summary>Before a token is checked: its key may be new. Without any key it is neither good nor bad, and the answer says so.</summary>
    private static async Task FindKeysAsync(MessageReceivedContext context)
    {
        if (BearerOf(context.Request) is not { } token)
            return;
        var keys = context.HttpContext.RequestServices.GetRequiredService<IssuerKeys>();
        if (!await keys.HasKeysAsync(context.HttpContext.RequestAborted))
        {
            LeaveUnchecked(context.HttpContext, Errors.IssuerUnavailable());
            context.NoResult();
            return;
        }

        // What cannot be read is refused by the check that follows.
        if (Tokens.CanReadToken(token))
            await keys.FindAsync(Read(token)?.Kid, context.HttpContext.RequestAborted);
    }

    /// <summary>
    /// The token's user must exist and not be removed, and its session must last; only who comes with a role from the issuer
    /// (the host application, a moderator) need not be a user here. One statement, for each request and each connection.
    /// </summary>
    private static async Task FindUserAsync(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var auth = services.GetRequiredService<IOptions<AuthOptions>>().Value;
        var id = context.Principal!.FindFirstValue(auth.HasIssuer ? auth.UserIdClaim : Principals.IdClaim) ?? "";
        // An issuer's sessions are its own.
        var sessionId = auth.HasIssuer ? null : context.Principal!.SessionId();
        string[] issued = [.. (auth.HasIssuer ? auth.RolesOf(context.Principal!) : HostRolesOf(context.Principal!))];
        var accounts = services.GetRequiredService<AccountService>();
        TokenUserRow? person;
        try
        {
            // A service is none of the host's users, and its directory is not asked for it.
            person = issued.Contains(Principals.Service)
                ? await accounts.FindStoredByTokenAsync(id, sessionId, context.HttpContext.RequestAborted)
                : await accounts.FindByTokenAsync(id, sessionId, context.HttpContext.RequestAborted);
        }
        catch (ChatHubException e) when (e.Code == ErrorCodes.Unavailable)
        {
            LeaveUnchecked(context.HttpContext, e);
            context.NoResult();
            return;
        }

        string[] roles = [.. issued, .. (person is { IsModerator: true } ? [Principals.Moderator] : (string[])[])];
        if (person is null ? roles.Length == 0 : !person.Accepts(sessionId, IssuedAt(context.SecurityToken)))
        {
            context.Fail("The account or the session does not exist.");
            return;
        }

        context.Principal = person is null
            ? Principals.Of(context.Scheme.Name, ServiceIdOf(context.Principal!, id), roles)
            : Principals.Of(context.Scheme.Name, person.Ref, sessionId, roles.Distinct());
        context.Properties.ExpiresUtc = TokenClock.ClosesAt(context.SecurityToken.ValidTo);
    }

    /// <summary>Of a token that was issued here to a user of the host.</summary>
    private static IEnumerable<string> HostRolesOf(ClaimsPrincipal issued) =>
        issued.HasClaim(AccessTokens.HostRoleClaim, Principals.Moderator) ? [Principals.Moderator] : [];

    /// <summary>By what the record names a service, whose token may name no user.</summary>
    private static string ServiceIdOf(ClaimsPrincipal issued, string id) =>
        new[] { id, issued.FindFirstValue("sub"), issued.FindFirstValue("client_id"), issued.FindFirstValue("azp") }.FirstOrDefault(name => !string.IsNullOrEmpty(name)) ?? "";

    /// <summary>The epoch for a token that does not say.</summary>
    private static DateTimeOffset IssuedAt(SecurityToken token) =>
        token is JsonWebToken { IssuedAt: var at } && at > DateTime.UnixEpoch ? new(at, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
