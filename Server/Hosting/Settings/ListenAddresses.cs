using System.Net;

namespace ChatHub.Server.Hosting.Settings;

/// <summary>
/// Where the server listens, from the same settings as ASP.NET Core takes it: <c>Kestrel:Endpoints</c>, else <c>Urls</c> (also
/// <c>--urls</c> and <c>ASPNETCORE_URLS</c>), else <c>ASPNETCORE_HTTP_PORTS</c> and <c>ASPNETCORE_HTTPS_PORTS</c>, else <see cref="Default"/>.
/// </summary>
public static class ListenAddresses
{
    public const string Default = "http://localhost:5080";

    /// <summary>Whether the settings name any.</summary>
    public static bool AreSet(IConfiguration settings) => Find(settings).Any();

    /// <exception cref="InvalidOperationException">One of them is none.</exception>
    public static IReadOnlyList<BindingAddress> Of(IConfiguration settings) =>
        [.. Find(settings).DefaultIfEmpty((Key: "Urls", Url: Default)).Select(address => Parse(address.Key, address.Url))];

    private static IEnumerable<(string Key, string Url)> Find(IConfiguration settings)
    {
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => (Key: $"{endpoint.Path}:Url", Url: endpoint["Url"] ?? "")).ToList();
        if (endpoints.Count > 0)
            return endpoints;
        var urls = Split(settings["Urls"]).Select(url => ("Urls", url)).ToList();
        if (urls.Count > 0)
            return urls;
        return Split(settings["HTTP_PORTS"]).Select(port => ("HTTP_PORTS", $"http://*:{port}"))
            .Concat(Split(settings["HTTPS_PORTS"]).Select(port => ("HTTPS_PORTS", $"https://*:{port}")));
    }

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static BindingAddress Parse(string key, string url)
    {
        BindingAddress? address = null;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            // Refused below.
        }

        if (address is null || address.Scheme.ToLowerInvariant() is not ("http" or "https") || address.Port > IPEndPoint.MaxPort)
            throw new InvalidOperationException($"{key} must hold addresses like {Default} or https://+:443, and '{url}' is none.");
        if (address.PathBase.Length > 0)
            throw new InvalidOperationException($"{key} must hold addresses without a path: Http:PathBase is for the '{address.PathBase}' of '{url}'.");
        return address;
    }
}
