using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;
using IPNetwork = System.Net.IPNetwork;

namespace ChatHub.Server.Hosting;

/// <summary>The settings under <c>Http</c>.</summary>
public sealed partial class HttpOptions : IValidatableObject
{
    /// <summary>
    /// Addresses (10.0.0.7) and networks (10.0.0.0/8) of the proxies whose X-Forwarded-For and X-Forwarded-Proto are
    /// believed. Empty: none, since any client can send them.
    /// </summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Origins of other web pages (https://app.example) that may call, with credentials. Empty: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The path under which a proxy mounts the server: <c>/chat</c>. Requests come with it or, where the proxy takes it away, without.</summary>
    public string PathBase { get; set; } = "";

    /// <summary>Whether the description of the API is served as a page at <c>/docs</c>; not set: in development alone.</summary>
    public bool? ApiReference { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in KnownProxies)
        {
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                yield return new($"Http:KnownProxies must hold addresses and networks, and '{proxy}' is neither.");
        }

        foreach (var origin in AllowedOrigins)
        {
            if (!IsOrigin(origin))
                yield return new($"Http:AllowedOrigins must hold origins such as https://app.example, and '{origin}' is none.");
        }

        if (!IsMountPath(PathBase))
            yield return new($"Http:PathBase must be a path like /chat, of letters, digits and - . _ ~, and '{PathBase}' is none.");
    }

    /// <summary>Whether it is a path to mount the server under: <c>/chat</c>; or empty.</summary>
    internal static bool IsMountPath(string path) => MountPath().IsMatch(path);

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(/[A-Za-z0-9._~-]+)*/?$")]
    private static partial Regex MountPath();
}
