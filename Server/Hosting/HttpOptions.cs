using System.ComponentModel.DataAnnotations;
using System.Net;
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

    /// <summary>Origins of other web pages (https://app.example) that may call, with credentials. Empty: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (from proxy in KnownProxies
         where !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)
         select new ValidationResult($"Http:KnownProxies must hold addresses and networks, and '{proxy}' is neither."))
        .Concat(
            from origin in AllowedOrigins
            where !IsOrigin(origin)
            select new ValidationResult($"Http:AllowedOrigins must hold origins such as https://app.example, and '{origin}' is none."));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
