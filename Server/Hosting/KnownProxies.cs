using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace ChatHub.Server.Hosting;

/// <summary>The settings under <c>Http</c>.</summary>
public sealed class HttpOptions : IValidatableObject
{
    /// <summary>
    /// Addresses (10.0.0.7) and networks (10.0.0.0/8) of the proxies whose X-Forwarded-For and X-Forwarded-Proto are
    /// believed. Empty: nobody's, since any client can send them.
    /// </summary>
    public IList<string> KnownProxies { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from proxy in KnownProxies
        where !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)
        select new ValidationResult($"Http:KnownProxies must hold addresses and networks, and '{proxy}' is neither.");
}

/// <summary>Behind a proxy, the client's own address is what limits count by.</summary>
public static class KnownProxies
{
    public static void UseKnownProxies(this WebApplication app)
    {
        var known = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.KnownProxies;
        if (known.Count == 0)
            return;

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
}
