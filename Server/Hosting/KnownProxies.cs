using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace ChatHub.Server.Hosting;

/// <summary>Behind a proxy, the client's own address is what limits count by.</summary>
public static class KnownProxies
{
    public static void UseKnownProxies(this WebApplication app)
    {
        var known = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.KnownProxies;
        if (known.Count == 0)
        {
            app.WarnOfUnknownProxies();
            return;
        }

        // However many proxies stand in a row: the last address that is none of theirs is the client's.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in known)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>Once: a forgotten setting makes one client of all who come through the proxy.</summary>
    private static void WarnOfUnknownProxies(this WebApplication app)
    {
        var warned = 0;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("ChatHub");
        app.Use((http, next) =>
        {
            if (http.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName) && Interlocked.Exchange(ref warned, 1) == 0)
                HostingLog.ForwardedByUnknownProxy(log);
            return next(http);
        });
    }
}
