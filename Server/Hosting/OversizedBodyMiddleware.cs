using Microsoft.AspNetCore.Http.Features;

namespace ChatHub.Server.Hosting;

/// <summary>
/// Kestrel ends the connection of a body that is too large to be read, also where a request is refused without a look at
/// its body. The answer has to say so: a client that keeps the connection would send its next request into nothing.
/// </summary>
public static class OversizedBodyMiddleware
{
    public static IApplicationBuilder UseOversizedBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsTooLarge(context))
            context.Response.OnStarting(Announce, context);
        return next(context);
    });

    // Asked again when the answer begins: an endpoint may have raised the limit meanwhile.
    private static Task Announce(object state)
    {
        var context = (HttpContext)state;
        if (IsTooLarge(context))
            context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    private static bool IsTooLarge(HttpContext context) =>
        context.Request.ContentLength > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
}
