using ChatHub.Contracts;

namespace ChatHub.Client.Transport;

/// <summary>From the server's address to the hub's: <c>https://host/base</c> gives <c>wss://host/base/hubs/chat</c>.</summary>
internal static class HubAddress
{
    public static Uri Of(Uri server)
    {
        if (!server.IsAbsoluteUri || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The server's address must begin with http:// or https://.", nameof(server));

        return new UriBuilder(server)
        {
            Scheme = server.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
            Path = server.AbsolutePath.TrimEnd('/') + Limits.HubPath,
            Query = "",
            Fragment = "",
        }.Uri;
    }

    /// <summary>The same address for plain HTTP.</summary>
    public static Uri ToHttp(Uri hub) =>
        new UriBuilder(hub) { Scheme = hub.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeHttps : Uri.UriSchemeHttp }.Uri;
}
