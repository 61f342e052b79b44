using System.Security.Claims;
using ChatHub.Server.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Who may come in: users and moderators by bearer token, the host application by key.</summary>
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

    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>().AddSingleton<TokenClock>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ProblemDetailsAuthorizationHandler>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddScheme<AuthenticationSchemeOptions, ServiceKeyHandler>(ServiceKeyHandler.Name, null);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AuthOptions>, SymmetricSecurityKey, TokenClock>(Configure);

        services.AddAuthorizationBuilder()
            .AddPolicy(Users, policy => policy.RequireClaim(Principals.KeyClaim))
            .AddPolicy(Moderators, policy => policy.RequireRole(Principals.Moderator))
            .AddPolicy(Services, policy => AddSchemes(policy).RequireRole(Principals.Service))
            .AddPolicy(ServicesAndUsers, policy => AddSchemes(policy).RequireAuthenticatedUser());
    }

    private static AuthorizationPolicyBuilder AddSchemes(AuthorizationPolicyBuilder policy) =>
        policy.AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme, ServiceKeyHandler.Name);

    private static void Configure(JwtBearerOptions options, IOptions<AuthOptions> auth, SymmetricSecurityKey key, TokenClock clock)
    {
        // The token is kept nowhere, and claims keep the names that they have in it.
        options.SaveToken = false;
        options.MapInboundClaims = false;
        options.Events = new() { OnTokenValidated = FindUserAsync };
        options.TokenValidationParameters.LifetimeValidator = (notBefore, expires, _, _) => clock.IsValidNow(notBefore, expires);
        if (auth.Value.HasIssuer)
        {
            options.Authority = auth.Value.Authority;
            options.Audience = auth.Value.Audience;
            // The settings allow http for an issuer on this machine alone.
            options.RequireHttpsMetadata = false;
            return;
        }

        options.TokenValidationParameters.ValidIssuer = AccessTokens.Issuer;
        options.TokenValidationParameters.ValidAudience = AccessTokens.Issuer;
        options.TokenValidationParameters.IssuerSigningKey = key;
        options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
    }

    /// <summary>
    /// The token's user must exist and not be removed; only who comes with a role from the issuer (the host application,
    /// a moderator) need not be a user here.
    /// </summary>
    private static async Task FindUserAsync(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var auth = services.GetRequiredService<IOptions<AuthOptions>>().Value;
        var id = context.Principal?.FindFirstValue(Principals.IdClaim) ?? "";
        var person = await services.GetRequiredService<AccountService>().FindAsync(id, context.HttpContext.RequestAborted);
        var roles = Roles(auth, context.Principal!, person);
        if (person is { IsRemoved: true } || (person is null && roles.Length == 0))
        {
            context.Fail("The account does not exist.");
            return;
        }

        context.Principal = person is null
            ? Principals.Of(context.Scheme.Name, id, roles)
            : Principals.Of(context.Scheme.Name, person.Ref, roles);
        context.Properties.ExpiresUtc = TokenClock.ClosesAt(context.SecurityToken.ValidTo);
    }

    /// <summary>From the settings, or from the issuer's token.</summary>
    private static string[] Roles(AuthOptions auth, ClaimsPrincipal principal, PersonRow? person) =>
        auth.HasIssuer ? [.. principal.FindAll(Principals.RoleClaim).Select(claim => claim.Value).Intersect(Principals.Roles)]
        : person is not null && auth.Moderators.Contains(person.Username, StringComparer.OrdinalIgnoreCase) ? [Principals.Moderator]
        : [];
}
