using System.Globalization;
using System.Security.Claims;
using ChatHub.Server.Changes;
using ChatHub.Server.Hubs;
using ChatHub.Server.People;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace ChatHub.Server.Hosting;

/// <summary>Bearer tokens: who may come in.</summary>
public static class Authentication
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddAuthorization();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<SymmetricSecurityKey, TimeProvider>(Configure);
    }

    private static void Configure(JwtBearerOptions options, SymmetricSecurityKey key, TimeProvider time)
    {
        // The token is kept nowhere, and claims keep the names that they have in it.
        options.SaveToken = false;
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new()
        {
            ValidIssuer = AccessTokens.Issuer,
            ValidAudience = AccessTokens.Issuer,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ClockSkew = TimeSpan.Zero,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires, time.GetUtcNow().UtcDateTime),
        };
        options.Events = new() { OnTokenValidated = FindUserAsync, OnChallenge = RefuseAsync };
    }

    private static bool IsAlive(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires is { } end && now < end && (notBefore is not { } start || now >= start);

    /// <summary>The token's user must exist and not be removed; their key spares each call the look-up.</summary>
    private static async Task FindUserAsync(TokenValidatedContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<AccountService>();
        var id = context.Principal?.FindFirstValue(CallerContext.IdClaim);
        var user = id is null ? null : await accounts.FindActiveAsync(id, context.HttpContext.RequestAborted);
        if (user is not { } found)
        {
            context.Fail("The account does not exist.");
            return;
        }

        // The handler keeps its principal for the connection's life: only what is used.
        var identity = new ClaimsIdentity(context.Scheme.Name, CallerContext.IdClaim, ClaimTypes.Role);
        identity.AddClaim(new(CallerContext.IdClaim, found.Id));
        identity.AddClaim(new(CallerContext.KeyClaim, found.Key.ToString(CultureInfo.InvariantCulture)));
        context.Principal = new(identity);
        context.Properties.ExpiresUtc = context.SecurityToken.ValidTo;
    }

    private static Task RefuseAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = JwtBearerDefaults.AuthenticationScheme;
        return Problems.WriteAsync(context.HttpContext, Refusals.Unauthenticated());
    }
}
