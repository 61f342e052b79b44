using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace ChatHub.Server.Hosting;

/// <summary>Who is not let in learns it as problem details, whatever scheme they tried.</summary>
public sealed class ProblemDetailsAuthorizationHandler : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(authorizeResult);
        if (authorizeResult.Succeeded)
            return next(context);
        if (authorizeResult.Forbidden)
            return ProblemDetailsExceptionHandler.WriteAsync(context, Errors.Forbidden());
        if (Authentication.WhyUnchecked(context) is { } reason)
            return ProblemDetailsExceptionHandler.WriteAsync(context, reason);
        context.Response.Headers.WWWAuthenticate = JwtBearerDefaults.AuthenticationScheme;
        return ProblemDetailsExceptionHandler.WriteAsync(context, Errors.Unauthenticated());
    }
}
