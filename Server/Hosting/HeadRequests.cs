using ChatHub.Contracts;

namespace ChatHub.Server.Hosting;

/// <summary>Every GET answers HEAD: it is routed as one, and the server leaves the body out of what it sends.</summary>
public static class HeadRequests
{
    public static IApplicationBuilder UseHeadRequests(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // The hub's transports are no documents: a HEAD must not open one.
        if (HttpMethods.IsHead(http.Request.Method) && !http.Request.Path.StartsWithSegments(Limits.HubPath, StringComparison.OrdinalIgnoreCase))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    });
}
